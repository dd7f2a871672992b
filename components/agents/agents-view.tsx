'use client';
// All agents with their figures, refreshed while the page is visible.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Plus, Table2 } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { usePermission } from '@/components/accounts/visitor';
import { AgentCard, FRAME } from '@/components/agents/agent-card';
import { AgentForm } from '@/components/agents/agent-form';
import { useAgentList } from '@/components/agents/agent-list';
import { addAgent, removeAgent } from '@/components/agents/agents-client';
import { useAgents } from '@/components/agents/agents-store';
import { foundAgents } from '@/components/agents/found-agents';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ConfirmDelete } from '@/components/ui/confirm';
import { Failure, useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentStatus, UnlistedAgent } from '@/lib/agents/answers';
import {
  ENOUGH,
  statsAnswer,
  TELLING_MS,
  TELLING_SHARE,
  WINDOWS,
  type WindowName,
  type WindowStats,
} from '@/lib/calls/view/agent-stats';
import { PRODUCTION } from '@/lib/core/deployment';
import { duration } from '@/lib/core/figures';

/** Selects the time window by links, so that the URL of the page can be shared. */
function WindowLinks({ chosen }: { readonly chosen: WindowName }) {
  const t = useTranslations('agents');
  return (
    <nav
      aria-label={t('window.label')}
      className="flex w-fit rounded-md border border-border bg-card p-1"
    >
      {WINDOWS.map((name) => (
        <Link
          key={name}
          href={`/agents?window=${name}`}
          scroll={false}
          aria-current={name === chosen ? 'page' : undefined}
          className={cn(
            'inline-flex min-h-9 items-center rounded-sm px-3.5 font-medium text-base transition-colors duration-150',
            name === chosen
              ? 'bg-accent text-foreground'
              : 'text-muted-foreground hover:text-foreground',
          )}
        >
          {t(`window.of.${name}`)}
        </Link>
      ))}
    </nav>
  );
}

/** Poll interval in milliseconds. */
const POLL_MS = 10_000;
/** Timeout in milliseconds. */
const TIMEOUT_MS = 10_000;

interface TableSwitchProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Shows charts as tables, for screen readers and for exact values. */
function TableSwitch({ on, onChange }: TableSwitchProps) {
  const t = useTranslations('agents');
  return (
    <Button
      role="switch"
      aria-checked={on}
      variant={on ? 'secondary' : 'outline'}
      onClick={() => onChange(!on)}
    >
      <Table2 aria-hidden="true" className="size-[18px]" />
      {t('asTable')}
    </Button>
  );
}

/** Explains how the figures are computed. */
function Method() {
  const t = useTranslations('agents');
  const locale = useLocale();
  return (
    <section className="mt-8 max-w-[44rem]">
      <h2 className="pb-1 text-lg">{t('method.title')}</h2>
      <ul className="grid gap-1 text-sm text-muted-foreground leading-relaxed">
        <li>{t('method.lines.counts')}</li>
        <li>{t('method.lines.median')}</li>
        <li>{t('method.lines.shares')}</li>
        <li>{t('method.lines.workers')}</li>
        <li>
          {t('method.lines.compared', {
            enough: ENOUGH,
            time: duration(TELLING_MS, locale),
            share: `${TELLING_SHARE * 100} %`,
          })}
        </li>
      </ul>
    </section>
  );
}

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
    <div className="mt-3">
      <Button variant="secondary" aria-disabled={isPending} onClick={() => isPending || mutate()}>
        {t(isPending ? 'adding' : 'add')}
        <span className="sr-only">: {name}</span>
      </Button>
      <Failure what={t('failed')} why={error ? failureText(error) : undefined} />
    </div>
  );
}

interface AgentsViewProps {
  readonly window: WindowName;
  /** From the server; undefined if it could not read them. */
  readonly first: WindowStats | undefined;
  /** The state of the agents when the server rendered the page. */
  readonly agents: readonly AgentStatus[];
  readonly unlisted: readonly UnlistedAgent[];
}

/** What is in the form: a new agent, or the name of one. */
type Editing = { readonly agent?: string };

export function AgentsView({ window, first, agents, unlisted }: AgentsViewProps) {
  const t = useTranslations('agents');
  const failureText = useFailureText();
  const {
    data: stats,
    error: problem,
    refetch,
  } = useQuery({
    queryKey: ['agent-stats', window],
    queryFn: () =>
      request(`/api/agents/stats?window=${window}`, { timeoutMs: TIMEOUT_MS, schema: statsAnswer }),
    initialData: first,
    // Old figures stay until new ones arrive, so that the layout does not shift.
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
  const asked = useAgents();
  const known =
    asked.state === 'checking' ? ({ state: 'known', agents, unlisted } as const) : asked;
  const list = useAgentList();
  const mayChange = usePermission('dispatch');
  const [asTable, setAsTable] = useState(false);
  const [editing, setEditing] = useState<Editing>();
  const [said, setSaid] = useState('');
  const place = useRef<HTMLDivElement>(null);
  /** Closes the form, says what was done, and moves the focus to a button of the page. */
  const done = (what: string, button = 'add', preventScroll = false) => {
    flushSync(() => {
      setEditing(undefined);
      setSaid(what);
    });
    const buttons = [...(place.current?.querySelectorAll<HTMLElement>('[data-do]') ?? [])];
    buttons.find((one) => one.dataset.do === button)?.focus({ preventScroll });
  };
  const edit = (what: Editing) => {
    setSaid('');
    setEditing(what);
  };
  const statsOf = (name: string) => stats?.agents.filter(({ agent }) => agent === name) ?? [];
  const card = (name: string, deployments: readonly string[], actions: ReactNode) => {
    const at = list.findIndex((one) => one.name === name);
    const seen = statsOf(name);
    const all = new Set([...deployments, ...seen.map(({ deployment }) => deployment)]);
    return (
      stats && (
        <AgentCard
          key={name}
          name={name}
          agent={list[at]}
          place={at}
          deployments={[...all]}
          known={known}
          stats={seen}
          window={stats}
          asTable={asTable}
        >
          {actions}
        </AgentCard>
      )
    );
  };
  const actions = ({ name, person }: ListedAgent) => (
    <div className="mt-3 flex flex-wrap items-start gap-2">
      <Button data-do={`edit ${name}`} onClick={() => edit({ agent: name })}>
        {t('edit')}
        <span className="sr-only">: {person}</span>
      </Button>
      <ConfirmDelete
        words={{
          button: t('remove.button'),
          ask: t('remove.ask', { person }),
          yes: t('remove.yes'),
          no: t('remove.no'),
          busy: t('remove.busy'),
          failed: t('remove.failed'),
        }}
        onDelete={async () => {
          await removeAgent(name);
          done(t('removed', { person }), 'add', true);
        }}
      />
    </div>
  );
  const adding = mayChange && editing !== undefined && editing.agent === undefined;
  const found = foundAgents(list, stats?.agents ?? [], known.unlisted ?? []);
  return (
    <div ref={place}>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <WindowLinks chosen={window} />
        <div className="flex flex-wrap gap-2">
          {mayChange && (
            <Button data-do="add" aria-expanded={adding} onClick={() => edit({})}>
              <Plus aria-hidden="true" className="size-5" />
              {t('add')}
            </Button>
          )}
          <TableSwitch on={asTable} onChange={setAsTable} />
        </div>
      </div>
      <p role="status" className={mayChange ? 'min-h-6 pt-2 text-base' : 'hidden'}>
        {said}
      </p>
      {problem && (
        <Notice
          tone="stop"
          title={t('failed.title')}
          body={stats ? t('failed.old', { detail: failureText(problem) }) : failureText(problem)}
        >
          <Button onClick={() => void refetch()}>{t('failed.again')}</Button>
        </Notice>
      )}
      <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-5">
        {adding && (
          <section className={FRAME}>
            <AgentForm
              onSaved={(person, name) => done(t('added', { person }), `edit ${name}`)}
              onCancel={() => done('')}
            />
          </section>
        )}
        {list.length === 0 && <p className="text-base">{t('none')}</p>}
        {list.map((agent) =>
          mayChange && agent.source === 'team' && editing?.agent === agent.name ? (
            <section key={agent.name} className={FRAME}>
              <AgentForm
                agent={agent}
                onSaved={(person) => done(t('changed', { person }), `edit ${agent.name}`)}
                onCancel={() => done('', `edit ${agent.name}`)}
              />
            </section>
          ) : (
            card(
              agent.name,
              agent.deployments,
              mayChange && agent.source === 'team' && actions(agent),
            )
          ),
        )}
      </div>
      {found.length > 0 && (
        <section aria-labelledby="found" className="mt-8">
          <h2 id="found" className="text-xl">
            {t('found.title')}
          </h2>
          {mayChange && <p className="text-sm text-muted-foreground">{t('found.lead')}</p>}
          <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-5">
            {found.map((one) =>
              card(
                one.name,
                one.deployments,
                mayChange && (
                  <AddFound
                    agent={one}
                    onAdded={(name) => done(t('added', { person: name }), `edit ${name}`)}
                  />
                ),
              ),
            )}
          </div>
        </section>
      )}
      <Method />
    </div>
  );
}
