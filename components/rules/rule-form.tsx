'use client';
// The form of a rule: when, if, then. The server validates it, and errors are shown at their fields.
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useAgentList } from '@/components/agents/agent-list';
import {
  type Draft,
  deploymentsOf,
  fieldOf,
  rowErrors,
  ruleOf,
  withAgent,
} from '@/components/rules/draft';
import { ShareField } from '@/components/rules/share-field';
import { Button } from '@/components/ui/button';
import { Choice, FieldGroup, SelectField, TextField } from '@/components/ui/fields';
import type { ApiError } from '@/components/ui/request';
import { RowList } from '@/components/ui/row-list';
import type { Kind } from '@/lib/livekit/attributes';
import type { Rule } from '@/lib/rules/rule';

interface AttributeFieldsProps {
  readonly attributes: Draft['attributes'];
  readonly onChange: (attributes: Draft['attributes']) => void;
  /** Errors by field. */
  readonly errorOf: (field: string) => string | undefined;
}

function AttributeFields({ attributes, onChange, errorOf }: AttributeFieldsProps) {
  const t = useTranslations('rules.form');
  return (
    <FieldGroup title={t('attributes')} error={errorOf('if/attributes')} small>
      <RowList
        {...{ rows: attributes, onChange, empty: { name: '', value: '' } }}
        rowClass="sm:grid-cols-[1fr_1fr_auto]"
        addLabel={t('addAttribute')}
        removeLabel={({ name }) => `${t('removeAttribute')} ${name}`.trim()}
        removeClass="col-start-2 row-start-1 sm:col-start-3"
      >
        {({ id, name, value }, change) => (
          <>
            <TextField
              label={t('attributeName')}
              labelHidden
              code
              placeholder={t('attributeName')}
              value={name}
              error={errorOf(`attributes/${id}/name`)}
              onChange={(next) => change({ name: next })}
            />
            <TextField
              label={t('attributeValue')}
              labelHidden
              code
              className="row-start-2 sm:col-start-2 sm:row-start-1"
              placeholder={t('attributeValue')}
              value={value}
              error={errorOf(`attributes/${id}/value`)}
              onChange={(next) => change({ value: next })}
            />
          </>
        )}
      </RowList>
    </FieldGroup>
  );
}

interface RuleFormProps {
  /** Saved name of the edited rule; undefined for a new one. */
  readonly of: string | undefined;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** Index of the rule among the rules. */
  readonly index: number;
  readonly saving: boolean;
  /** Saves the rule. Resolves with the error, if any. */
  readonly onSave: (rule: Rule) => Promise<ApiError | undefined>;
  readonly onCancel: () => void;
  /** Errors that do not belong to a field. */
  readonly children?: ReactNode;
}

/** The names, with that of the rule: it may have been removed from the list since. */
const having = (names: readonly string[], own: string) =>
  own === '' || names.includes(own) ? names : [...names, own];

/** The triggers of rules, and the kinds of participants, in the order of the form. */
const OCCASIONS_IN_ORDER = ['room_started', 'participant_joined'] as const;
const KINDS_IN_ORDER = [
  'standard',
  'sip',
  'connector',
  'ingress',
  'egress',
  'agent',
] as const satisfies readonly Kind[];

export function RuleForm({ of, draft, onChange, index, saving, ...rest }: RuleFormProps) {
  const t = useTranslations('rules');
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const agents = useAgentList();
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (errors.size === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const change = (changed: Partial<Draft>) => onChange({ ...draft, ...changed });
  const errorOf = (field: string) => errors.get(field);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (saving) return;
    const rows = rowErrors(draft, t).map(({ pointer, detail }) => [pointer, detail] as const);
    setErrors(new Map(rows));
    if (rows.length > 0) return;
    const problem = await rest.onSave(ruleOf(agents, draft));
    if (!problem) return;
    const placed = problem.errors.map((one) => [fieldOf(one, index, draft), one.detail] as const);
    setErrors(new Map(placed.filter((one): one is [string, string] => one[0] !== undefined)));
  };
  const text = (field: 'name' | 'room' | 'metadata' | 'agentMetadata') => ({
    value: draft[field],
    onChange: (value: string) => change({ [field]: value }),
  });
  const joins = draft.when === 'participant_joined';

  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      className="grid animate-arrive gap-6 p-4 sm:px-5 sm:py-5"
    >
      <h2 ref={heading} tabIndex={-1} className="text-xl leading-tight">
        {of === undefined ? t('form.titleNew') : t('form.titleEdit', { name: of })}
      </h2>
      <TextField
        label={t('form.name')}
        hint={t('form.nameHint')}
        placeholder={t('form.namePlaceholder')}
        error={errorOf('name')}
        {...text('name')}
      />
      <FieldGroup title={t('form.when')}>
        <div className="flex flex-wrap gap-2">
          {OCCASIONS_IN_ORDER.map((when) => (
            <Choice
              key={when}
              type="radio"
              name="when"
              label={t(`form.occasions.${when}`)}
              checked={draft.when === when}
              onChange={() => change({ when })}
            />
          ))}
        </div>
      </FieldGroup>
      <FieldGroup title={t('form.only')} hint={t('form.onlyHint')}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField
            label={t('form.room')}
            code
            placeholder="support-*"
            error={errorOf('if/room')}
            {...text('room')}
          />
          <TextField
            label={joins ? t('form.personMetadata') : t('form.roomMetadata')}
            code
            placeholder={'*"plan":"gold"*'}
            error={errorOf('if/metadata')}
            {...text('metadata')}
          />
        </div>
        {joins && (
          <>
            <AttributeFields
              attributes={draft.attributes}
              onChange={(attributes) => change({ attributes })}
              errorOf={errorOf}
            />
            <FieldGroup
              title={t('form.kinds')}
              hint={t('form.kindsHint')}
              error={errorOf('if/kind')}
              small
            >
              <div className="flex flex-wrap gap-2">
                {KINDS_IN_ORDER.map((kind) => (
                  <Choice
                    key={kind}
                    type="checkbox"
                    label={t(`form.kind.${kind}`)}
                    checked={draft.kind.includes(kind)}
                    onChange={(event) => {
                      const others = draft.kind.filter((one) => one !== kind);
                      change({ kind: event.target.checked ? [...others, kind] : others });
                    }}
                  />
                ))}
              </div>
            </FieldGroup>
          </>
        )}
      </FieldGroup>
      <FieldGroup title={t('form.send')}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <SelectField
            label={t('form.agent')}
            error={errorOf('then/agent')}
            value={draft.agent}
            options={having(
              agents.map(({ name }) => name),
              draft.agent,
            ).map((name) => {
              const person = agents.find((one) => one.name === name)?.person;
              return {
                value: name,
                label: person ? t('form.agentOption', { name, person }) : name,
              };
            })}
            onChange={(agent) => onChange(withAgent(agents, draft, agent))}
          />
          <SelectField
            label={t('form.deployment')}
            error={errorOf('then/deployment')}
            value={draft.deployment}
            options={having(deploymentsOf(agents, draft.agent), draft.deployment)}
            onChange={(deployment) => change({ deployment })}
          />
        </div>
        <TextField
          label={t('form.metadata')}
          code
          placeholder='{"topic":"support"}'
          error={errorOf('then/metadata')}
          {...text('agentMetadata')}
        />
        <ShareField draft={draft} onChange={change} errorOf={errorOf} />
      </FieldGroup>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="secondary" aria-disabled={saving} className="min-w-28">
          {saving ? t('saving') : t('form.save')}
        </Button>
        <Button onClick={rest.onCancel}>{t('form.cancel')}</Button>
      </div>
      {/* Not shown in addition to errors of fields. */}
      {errors.size === 0 && rest.children}
    </form>
  );
}
