'use client';
// Every agent with its figures, fresh while somebody looks.
import { useState } from 'react';
import { useAgents } from '@/components/call/agents-store';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { WindowName, WindowStats } from '@/lib/calls/view/agent-stats';
import { agentsTexts } from '@/lib/text/agents';
import type { AgentStatus } from '@/lib/workers';
import { AgentCard } from './agent-card';
import { Method } from './method';
import { TableSwitch } from './table-switch';
import { useStats } from './use-stats';
import { WindowLinks } from './window-links';

interface AgentsViewProps {
  readonly window: WindowName;
  /** The figures as the server had them; undefined where it could not read them. */
  readonly first: WindowStats | undefined;
  /** The agents as the server knew them. */
  readonly agents: readonly AgentStatus[];
}

export function AgentsView({ window, first, agents }: AgentsViewProps) {
  const { agentsText } = useTexts(agentsTexts);
  const { stats, problem, ask } = useStats(window, first);
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
          body={stats ? agentsText.failed.old(problem) : problem}
        >
          <Button onClick={() => void ask()}>{agentsText.failed.again}</Button>
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
