'use client';
// The list of agents, with their lights and their calls of a week, and those that were seen and are not in it.
import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { usePermission } from '@/components/accounts/visitor';
import { AgentForm } from '@/components/agents/agent-form';
import { useAgentList } from '@/components/agents/agent-list';
import { AgentRow } from '@/components/agents/agent-row';
import { addAgent } from '@/components/agents/agents-client';
import { foundAgents } from '@/components/agents/found-agents';
import { type FirstAgents, useAgentsSince, useStats } from '@/components/agents/stats';
import { Button } from '@/components/ui/button';
import { Failure, useFailureText } from '@/components/ui/failure';
import type { UnlistedAgent } from '@/lib/agents/answers';
import type { WindowName, WindowStats } from '@/lib/calls/view/agent-stats';
import { PRODUCTION } from '@/lib/core/deployment';

/** The window of the figures. */
const ROW_WINDOW: WindowName = 'week';

interface FoundProps {
  readonly agent: UnlistedAgent;
  readonly onAdded: (name: string) => void;
}

/** Adds an agent that is not in the list, with the deployments on which it was seen. */
function AddFound({ agent: { name, deployments }, onAdded }: FoundProps) {
  const t = useTranslations('agents.found');
  const failureText = useFailureText();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const names = new Set(deployments.map((one) => one || PRODUCTION));
      return addAgent({ name, deployments: [...names].map((one) => ({ name: one })) });
    },
    onSuccess: () => onAdded(name),
  });
  return (
    <>
      <Button variant="secondary" aria-disabled={isPending} onClick={() => isPending || mutate()}>
        {t(isPending ? 'adding' : 'add')}
        <span className="sr-only">: {name}</span>
      </Button>
      <Failure what={t('failed')} why={error ? failureText(error) : undefined} />
    </>
  );
}

/** The look of the list. */
const LIST = 'mt-3 divide-y divide-border overflow-hidden rounded-lg border border-border bg-card';

interface AgentsViewProps extends FirstAgents {
  /** From the server; undefined if it could not read them. */
  readonly first: WindowStats | undefined;
}

export function AgentsView({ first, ...since }: AgentsViewProps) {
  const t = useTranslations('agents');
  const { stats, notice } = useStats(ROW_WINDOW, first);
  const known = useAgentsSince(since);
  const list = useAgentList();
  const mayChange = usePermission('dispatch');
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState('');
  const place = useRef<HTMLDivElement>(null);
  /** Closes the form, says what was done, and moves the focus to a row, or back to the button. */
  const done = (what: string, focus: string) => {
    flushSync(() => {
      setAdding(false);
      setSaid(what);
    });
    const all = [...(place.current?.querySelectorAll<HTMLElement>('[data-do]') ?? [])];
    all.find((one) => one.dataset.do === focus)?.focus();
  };
  const added = (person: string, name: string) => done(t('added', { person }), `open ${name}`);
  const found = foundAgents(list, stats?.agents ?? [], known.unlisted ?? []);
  const statsOf = (name: string) => stats?.agents.filter(({ agent }) => agent === name) ?? [];
  return (
    <div ref={place} className="mt-4">
      {mayChange && (
        <Button
          data-do="add"
          aria-expanded={adding}
          onClick={() => {
            setSaid('');
            setAdding(true);
          }}
        >
          <Plus aria-hidden="true" className="size-5" />
          {t('add')}
        </Button>
      )}
      <p role="status" className={said ? 'pt-2 text-base' : 'sr-only'}>
        {said}
      </p>
      {notice}
      {adding && (
        <section className="mt-3 rounded-lg border border-border bg-card p-4 sm:p-6">
          <AgentForm onSaved={added} onCancel={() => done('', 'add')} />
        </section>
      )}
      {list.length === 0 ? (
        <p className="mt-3 text-base">{t('none')}</p>
      ) : (
        <ul aria-label={t('title')} className={LIST}>
          {list.map((agent, at) => (
            <AgentRow
              key={agent.name}
              {...{ name: agent.name, agent, place: at, known }}
              stats={statsOf(agent.name)}
            />
          ))}
        </ul>
      )}
      <p className="mt-2 text-muted-foreground text-sm">{t('row.week')}</p>
      {found.length > 0 && (
        <section aria-labelledby="found" className="mt-8">
          <h2 id="found" className="text-xl">
            {t('found.title')}
          </h2>
          {mayChange && <p className="text-muted-foreground text-sm">{t('found.lead')}</p>}
          <ul aria-labelledby="found" className={LIST}>
            {found.map((one) => (
              <AgentRow
                key={one.name}
                {...{ name: one.name, agent: undefined, place: -1, known }}
                stats={statsOf(one.name)}
              >
                <p className="pb-2 text-sm">
                  {one.deployments
                    .map((deployment) => deployment || t('found.unknownDeployment'))
                    .join(', ')}
                </p>
                {mayChange && <AddFound agent={one} onAdded={(name) => added(name, name)} />}
              </AgentRow>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
