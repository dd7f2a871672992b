'use client';
// The form that adds an agent to the list, or changes one that was added. The server validates it, and errors are shown at
// their fields.
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { addAgent, changeAgent } from '@/components/agents/agents-client';
import { Button } from '@/components/ui/button';
import { Failure, useFailureText } from '@/components/ui/failure';
import { FieldGroup, TextField } from '@/components/ui/fields';
import { toApiError } from '@/components/ui/request';
import { RowList } from '@/components/ui/row-list';
import { SwitchRow } from '@/components/ui/switch-row';
import type { ListedAgent } from '@/lib/agents/agent';
import { PRODUCTION } from '@/lib/core/deployment';

/** A deployment in the form. */
interface Row {
  readonly id: number;
  readonly name: string;
}

interface DeploymentFieldsProps {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
  readonly errorOf: (field: string) => string | undefined;
}

function DeploymentFields({ rows, onChange, errorOf }: DeploymentFieldsProps) {
  const t = useTranslations('agents.form');
  return (
    <FieldGroup
      title={t('deployments')}
      hint={t('deploymentsHint')}
      error={errorOf('deployments')}
      small
    >
      <RowList
        {...{ rows, onChange, empty: { name: '' }, min: 1 }}
        addLabel={t('addDeployment')}
        removeLabel={({ name }) => t('removeDeployment', { name }).trim()}
      >
        {({ name }, change, at) => (
          <TextField
            label={t('deployment')}
            labelHidden
            code
            value={name}
            error={errorOf(`deployments/${at}/name`)}
            onChange={(next) => change({ name: next })}
          />
        )}
      </RowList>
    </FieldGroup>
  );
}

/** The field that a JSON pointer into the request is about. */
const fieldOf = (pointer: string) => pointer.replace(/^#\//, '');

interface AgentFormProps {
  /** The agent that is changed; undefined for a new one. */
  readonly agent?: ListedAgent;
  readonly onSaved: (person: string, name: string) => void;
  readonly onCancel: () => void;
}

export function AgentForm({ agent, onSaved, onCancel }: AgentFormProps) {
  const t = useTranslations('agents.form');
  const failureText = useFailureText();
  const [name, setName] = useState(agent?.name ?? '');
  const [title, setTitle] = useState(agent?.person ?? '');
  const [summary, setSummary] = useState(agent?.summary ?? '');
  const [isPublic, setPublic] = useState(agent?.public ?? false);
  const [replacesStuck, setReplacesStuck] = useState(agent?.replace_stuck ?? false);
  const [rows, setRows] = useState<readonly Row[]>(
    (agent?.deployments ?? [PRODUCTION]).map((one, id) => ({ id, name: one })),
  );
  const form = useRef<HTMLFormElement>(null);
  const person = title.trim() || name.trim();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const fields = {
        title: person,
        summary,
        deployments: rows.map((row) => ({ name: row.name.trim() })),
        public: isPublic,
        replace_stuck: replacesStuck,
      };
      return agent ? changeAgent(agent.name, fields) : addAgent({ name, ...fields });
    },
    onSuccess: () => onSaved(person, name.trim()),
  });
  const problem = error ? toApiError(error) : undefined;
  const errorOf = (field: string) =>
    problem?.errors.find(({ pointer }) => fieldOf(pointer) === field)?.detail;
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate();
  };
  return (
    <form ref={form} noValidate onSubmit={submit} className="grid max-w-[40rem] gap-5">
      <h2 className="text-xl leading-tight">
        {agent ? t('titleEdit', { person: agent.person }) : t('titleNew')}
      </h2>
      {!agent && (
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          code
          value={name}
          error={errorOf('name')}
          onChange={setName}
        />
      )}
      <TextField
        label={t('title')}
        hint={t('titleHint')}
        value={title}
        error={name.trim() === '' && !agent ? undefined : errorOf('title')}
        onChange={setTitle}
      />
      <TextField
        label={t('summary')}
        hint={t('summaryHint')}
        value={summary}
        error={errorOf('summary')}
        onChange={setSummary}
      />
      <DeploymentFields rows={rows} onChange={setRows} errorOf={errorOf} />
      <div className="divide-y divide-border rounded-md border border-border">
        <SwitchRow label={t('public')} hint={t('publicHint')} on={isPublic} onChange={setPublic} />
        <SwitchRow
          label={t('replaceStuck')}
          hint={t('replaceStuckHint')}
          on={replacesStuck}
          onChange={setReplacesStuck}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="secondary" aria-disabled={isPending} className="min-w-28">
          {isPending ? t('saving') : t('save')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
      {/* Not shown in addition to errors of fields. */}
      {problem?.errors.length === 0 && <Failure what={t('failed')} why={failureText(problem)} />}
    </form>
  );
}
