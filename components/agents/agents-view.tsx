'use client';
// All agents with their figures, refreshed while the page is visible.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import type { AgentStatus } from '@/lib/agents/status';
import {
  ENOUGH,
  TELLING_MS,
  TELLING_SHARE,
  WINDOWS,
  type WindowName,
  type WindowStats,
} from '@/lib/calls/view/agent-stats';
import { fromWire } from '@/lib/core/snake-case';
import { agentsMessages } from '@/lib/messages/agents';
import { AgentCard } from './agent-card';
import { useAgents } from './agents-store';

/** Selects the time window by links, so that the URL of the page can be shared. */
function WindowLinks({ chosen }: { readonly chosen: WindowName }) {
  const { agentsText } = useMessages(agentsMessages);
  return (
    <nav
      aria-label={agentsText.window.label}
      className="flex w-fit rounded-md border border-border bg-card p-1"
    >
      {WINDOWS.map((name) => (
        <Link
          key={name}
          href={`/agents?window=${name}`}
          scroll={false}
          aria-current={name === chosen ? 'page' : undefined}
          className={cn(
            'inline-flex min-h-9 items-center rounded-sm px-3.5 font-medium text-[15px] transition-colors duration-150',
            name === chosen
              ? 'bg-accent text-foreground'
              : 'text-muted-foreground hover:text-foreground',
          )}
        >
          {agentsText.window.of[name]}
        </Link>
      ))}
    </nav>
  );
}

/** Poll interval in milliseconds. */
const POLL_MS = 10_000;
/** Timeout in milliseconds. */
const TIMEOUT_MS = 10_000;

/** @throws {ApiError} */
const loadStats = async (window: WindowName): Promise<WindowStats> =>
  fromWire(await request(`/api/agents/stats?window=${window}`, { timeoutMs: TIMEOUT_MS }));

interface TableSwitchProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Shows charts as tables, for screen readers and for exact values. */
function TableSwitch({ on, onChange }: TableSwitchProps) {
  const { agentsText } = useMessages(agentsMessages);
  return (
    <Button
      role="switch"
      aria-checked={on}
      variant={on ? 'secondary' : 'outline'}
      onClick={() => onChange(!on)}
    >
      <Table2 aria-hidden="true" className="size-[18px]" />
      {agentsText.asTable}
    </Button>
  );
}

/** Explains how the figures are computed. */
function Method() {
  const { agentsText } = useMessages(agentsMessages);
  return (
    <section className="mt-8 max-w-[44rem]">
      <h2 className="pb-1 text-[18px]">{agentsText.method.title}</h2>
      <ul className="grid gap-1 text-[14px] text-muted-foreground leading-relaxed">
        {agentsText.method.lines(ENOUGH, TELLING_MS, `${TELLING_SHARE * 100} %`).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

interface AgentsViewProps {
  readonly window: WindowName;
  /** From the server; undefined if it could not read them. */
  readonly first: WindowStats | undefined;
  /** The state of the agents when the server rendered the page. */
  readonly agents: readonly AgentStatus[];
}

export function AgentsView({ window, first, agents }: AgentsViewProps) {
  const { agentsText } = useMessages(agentsMessages);
  const {
    data: stats,
    error: problem,
    refetch,
  } = useQuery({
    queryKey: ['agent-stats', window],
    queryFn: () => loadStats(window),
    initialData: first,
    // Old figures stay until new ones arrive, so that the layout does not shift.
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
  const asked = useAgents();
  const known = asked.state === 'checking' ? ({ state: 'known', agents } as const) : asked;
  const [asTable, setAsTable] = useState(false);
  const names = [...new Set(stats?.agents.map(({ agent }) => agent))];
  return (
    <>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <WindowLinks chosen={window} />
        <TableSwitch on={asTable} onChange={setAsTable} />
      </div>
      {problem && (
        <Notice
          tone="stop"
          title={agentsText.failed.title}
          body={stats ? agentsText.failed.old(problem.message) : problem.message}
        >
          <Button onClick={() => void refetch()}>{agentsText.failed.again}</Button>
        </Notice>
      )}
      {stats && (
        <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-5">
          {names.map((name) => (
            <AgentCard
              key={name}
              name={name}
              known={known}
              stats={stats.agents.filter(({ agent }) => agent === name)}
              window={stats}
              asTable={asTable}
            />
          ))}
        </div>
      )}
      <Method />
    </>
  );
}
