'use client';
// One agent: who it is, its deployments side by side, what may be said of them, and its charts.
import Link from 'next/link';
import { type Light, lightOf, type useAgents } from '@/components/call/agents-store';
import { Portrait } from '@/components/call/portrait';
import { useTexts } from '@/components/language/language';
import type { AgentStats, StatsWindow } from '@/lib/calls/view/agent-stats';
import { catalogue, findAgent } from '@/lib/catalogue';
import { agentsTexts } from '@/lib/text/agents';
import { catalogueTexts } from '@/lib/text/catalogue';
import { rolloutTexts } from '@/lib/text/rollout';
import { Chart } from './chart';
import { CHARTS } from './chart-data';
import { Comparison } from './comparison';
import { FiguresTable } from './figures-table';
import { longProblem, Now } from './now';
import { RunsOn } from './runs-on';
import { WorkersList } from './workers-list';

interface AgentCardProps {
  /** Agent name. */
  readonly name: string;
  readonly known: ReturnType<typeof useAgents>;
  /** Its deployments' figures; empty until they are known. */
  readonly stats: readonly AgentStats[];
  readonly window: StatsWindow;
  readonly asTable: boolean;
}

export function AgentCard({ name, known, stats, window, asTable }: AgentCardProps) {
  const { agentsText } = useTexts(agentsTexts);
  const { roleOf, summaryOf } = useTexts(catalogueTexts);
  const { rolloutText } = useTexts(rolloutTexts);
  const agent = findAgent(name);
  const person = agent?.person ?? name;
  const last = agentsText.window.last(window.window);
  const status = known.agents.find((one) => one.name === name);
  const deployments = stats.map(({ deployment }) => deployment);
  const columns = deployments.map((deployment) => {
    const light: Light = lightOf(known, name, deployment);
    const now = status?.deployments.find((one) => one.name === deployment);
    return {
      deployment,
      now: <Now light={light} status={now} />,
      problem: longProblem(now),
      stats: stats.find((one) => one.deployment === deployment),
    };
  });
  const called = stats.some(({ calls }) => calls > 0);
  return (
    <section
      aria-labelledby={`agent-${name}`}
      className="rounded-large border border-line bg-surface p-4 sm:p-6"
    >
      <div className="flex items-center gap-3.5">
        <Portrait person={person} place={catalogue.findIndex((one) => one.name === name)} />
        <div className="min-w-0">
          <h2 id={`agent-${name}`} className="text-[22px] leading-tight">
            {person}
            <span className="font-normal font-sans text-[15px] text-soft tracking-normal">
              {' '}
              · {agent ? roleOf(agent) : agentsText.gone}
            </span>
          </h2>
          <p className="text-[14px] text-soft">{agent && summaryOf(agent)}</p>
        </div>
      </div>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div>
          <FiguresTable caption={agentsText.figures.caption(person, last)} columns={columns} />
          <ul className="text-[14px] text-soft">
            {columns.map(
              ({ deployment, problem }) =>
                problem && (
                  <li key={deployment} className="break-words pt-1.5">
                    {agentsText.problem(deployment, problem)}
                  </li>
                ),
            )}
          </ul>
          {called && <Comparison stats={stats} />}
          {agent && deployments.length > 1 && (
            <Link
              href={`/agents/${encodeURIComponent(name)}/rollout`}
              className="mt-1 inline-flex min-h-11 items-center rounded-small font-medium text-[14px] underline underline-offset-3"
            >
              {rolloutText.link}
              <span className="sr-only">: {person}</span>
            </Link>
          )}
        </div>
        {called ? (
          <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
            {CHARTS.map((chart) => (
              <Chart key={chart} {...{ name: chart, person, stats, window, asTable }} />
            ))}
          </div>
        ) : (
          <Empty person={person} agent={agent?.name} last={last} />
        )}
      </div>
      <RunsOn person={person} deployments={status?.deployments ?? []} />
      <WorkersList person={person} deployments={status?.deployments ?? []} />
    </section>
  );
}

interface EmptyProps {
  readonly person: string;
  /** undefined where it cannot be called any more. */
  readonly agent: string | undefined;
  readonly last: string;
}

function Empty({ person, agent, last }: EmptyProps) {
  const { agentsText } = useTexts(agentsTexts);
  const { empty } = agentsText;
  return (
    <div className="rounded-mid bg-bg p-4 text-[15px] sm:p-5">
      <p className="font-semibold">{empty.title(last)}</p>
      <p className="mt-1 text-[14px] text-soft leading-relaxed">{empty.body(person)}</p>
      {agent && (
        <Link
          href={`/?agent=${encodeURIComponent(agent)}`}
          className="mt-1 inline-flex min-h-11 items-center rounded-small font-medium underline underline-offset-3"
        >
          {empty.call(person)}
        </Link>
      )}
    </div>
  );
}
