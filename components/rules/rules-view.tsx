'use client';
// The Rules page: rules as sentences, which can be sorted, edited and deleted.
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useLayoutEffect, useRef, useState } from 'react';
import { useAgentList } from '@/components/agents/agent-list';
import { type Draft, draftOf } from '@/components/rules/draft';
import { RuleForm } from '@/components/rules/rule-form';
import { RuleRow } from '@/components/rules/rule-row';
import { CHANGED, type RulesOnPage, useRules } from '@/components/rules/use-rules';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import type { SavedRules } from '@/lib/rules/answer';
import type { Rule } from '@/lib/rules/rule';

type Seen = Pick<RulesOnPage, 'now' | 'problem' | 'reload'>;

const again = (label: string, reload: Seen['reload']) => <Button onClick={reload}>{label}</Button>;

/** Why rules cannot be changed: they could not be read. */
function NotLoadedNotice({ now, problem, reload }: Seen) {
  const t = useTranslations('rules.notLoaded');
  const failureText = useFailureText();
  if (now || !problem) return null;
  return (
    <Notice tone="stop" urgent title={t('title')} body={failureText(problem)}>
      {again(t('again'), reload)}
    </Notice>
  );
}

/** Why the last change was not saved. */
function ChangeNotice({ now, problem, reload }: Seen) {
  const t = useTranslations('rules');
  const failureText = useFailureText();
  if (!now || !problem) return null;
  if (problem.status !== CHANGED) {
    return (
      <Notice
        tone="stop"
        urgent
        title={t('failed.title')}
        body={failureText(problem)}
        className="mt-0!"
      />
    );
  }
  return (
    <Notice
      tone="standby"
      urgent
      title={t('changed.title')}
      body={t('changed.body')}
      className="mt-0!"
    >
      {again(t('changed.again'), reload)}
    </Notice>
  );
}

interface RulesViewProps {
  /** From the server; undefined if they could not be read. */
  readonly first: SavedRules | undefined;
  /** URL for LiveKit's webhooks. */
  readonly address: string;
}

/** The open form and its rule: the saved name, undefined for a new one. */
interface Editing {
  readonly of: string | undefined;
  readonly draft: Draft;
}

export function RulesView({ first, address }: RulesViewProps) {
  const t = useTranslations('rules');
  const { now, shown, saving, problem, reload, save } = useRules(first);
  const agents = useAgentList();
  const [editing, setEditing] = useState<Editing>();
  const [said, setSaid] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const fixed = saving || !now;

  // The element to focus after rendering, when the focused one is replaced.
  const wanted = useRef<{ readonly rule: string | undefined; readonly what: string }>(undefined);
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const { rule, what } = wanted.current;
    const within = [...(list.current?.querySelectorAll<HTMLElement>('[data-rule]') ?? [])];
    const place =
      rule === undefined ? list.current : within.find((row) => row.dataset.rule === rule);
    const target = place?.querySelector<HTMLElement>(`[data-do="${what}"]`);
    if (!target) return;
    wanted.current = undefined;
    target.focus();
  });
  const change = async (rules: readonly Rule[], atOnce = true) => {
    setSaid('');
    const wrong = await save(rules, atOnce);
    if (!wrong) setSaid(t('saved'));
    return wrong;
  };
  const replace = (name: string, changed: Rule) =>
    shown.map((rule) => (rule.name === name ? changed : rule));
  const move = (from: number, by: -1 | 1) => {
    const rules = [...shown];
    const moved = rules.splice(from, 1);
    rules.splice(from + by, 0, ...moved);
    wanted.current = { rule: moved[0]?.name, what: by < 0 ? 'up' : 'down' };
    void change(rules);
  };
  const close = (rule: string | undefined) => {
    wanted.current = { rule, what: rule === undefined ? 'add' : 'edit' };
    setEditing(undefined);
  };
  const notice = <ChangeNotice now={now} problem={problem} reload={reload} />;
  const formFor = ({ draft }: Editing, rule?: Rule) => (
    <RuleForm
      of={rule?.name}
      draft={draft}
      onChange={(changed) => setEditing({ of: rule?.name, draft: changed })}
      index={rule ? shown.indexOf(rule) : shown.length}
      saving={saving}
      onCancel={() => {
        close(rule?.name);
        if (problem) reload();
      }}
      onSave={async (next) => {
        const kept = rule && replace(rule.name, { ...next, enabled: rule.enabled });
        const wrong = await change(kept ?? [...shown, next], false);
        if (!wrong) close(next.name);
        return wrong;
      }}
    >
      {notice}
    </RuleForm>
  );
  // If the edited rule was deleted meanwhile, the form creates a new one.
  const adding = editing && !shown.some(({ name }) => name === editing.of);

  return (
    <>
      <NotLoadedNotice now={now} problem={problem} reload={reload} />
      <div ref={list} className="mt-6 rounded-lg border border-border bg-card">
        {shown.length === 0 && !adding && (
          <p className="border-border border-b p-4 text-base sm:px-5">
            {t('empty')}
            <span className="block pt-1 text-sm text-muted-foreground">{t('emptyHint')}</span>
          </p>
        )}
        <ol className="divide-y divide-border border-border not-empty:border-b">
          {shown.map((rule, at) =>
            editing?.of === rule.name ? (
              <li key={rule.name}>{formFor(editing, rule)}</li>
            ) : (
              <RuleRow
                key={rule.name}
                rule={rule}
                first={at === 0}
                last={at === shown.length - 1}
                fixed={fixed}
                onSwitch={(enabled) => void change(replace(rule.name, { ...rule, enabled }))}
                onEdit={() => setEditing({ of: rule.name, draft: draftOf(agents, rule) })}
                onMove={(by) => move(at, by)}
                onRemove={() => {
                  const others = shown.filter((one) => one !== rule);
                  wanted.current = { rule: undefined, what: 'add' };
                  void change(others);
                }}
              />
            ),
          )}
        </ol>
        {adding ? (
          formFor(editing)
        ) : (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4 sm:px-5">
            <Button
              variant="secondary"
              data-do="add"
              aria-disabled={fixed}
              className={cn(!now && 'opacity-60')}
              onClick={() => {
                if (!fixed) setEditing({ of: undefined, draft: draftOf(agents) });
              }}
            >
              <Plus aria-hidden="true" className="size-5" />
              {t('add')}
            </Button>
            <span aria-live="polite" className="text-sm text-muted-foreground">
              {saving ? t('saving') : said}
            </span>
            {!editing && notice}
          </div>
        )}
      </div>
      <section className="mt-8">
        <h2 className="pb-2.5 text-lg">{t('webhooks.title')}</h2>
        <p className="text-base leading-relaxed">{t('webhooks.body')}</p>
        <code className="mt-2 block break-all rounded-md border border-border bg-card px-3.5 py-2.5 text-sm [font-variant-ligatures:none]">
          {address}
        </code>
      </section>
    </>
  );
}
