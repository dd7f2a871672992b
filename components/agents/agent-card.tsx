'use client';
// An agent: its deployments side by side, their differences, their versions, and charts.
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { useFeature, usePermission } from '@/components/accounts/visitor';
import { LIGHT_TONES, type Light, lightOf, type useAgents } from '@/components/agents/agents-store';
import { Chart } from '@/components/agents/chart';
import { CHARTS } from '@/components/agents/chart-data';
import { Comparison, type Named, Versions } from '@/components/agents/comparison';
import { FiguresTable, None } from '@/components/agents/figures-table';
import { Portrait } from '@/components/agents/portrait';
import { RunsOn } from '@/components/agents/runs-on';
import { SessionNotice } from '@/components/agents/session-notice';
import { WorkersList } from '@/components/agents/workers-list';
import { useCatalogue } from '@/components/language/catalogue';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import type { ListedAgent } from '@/lib/agents/agent';
import type { DeploymentStatus } from '@/lib/agents/answers';
import type { AgentStats, StatsWindow } from '@/lib/calls/view/agent-stats';
import { pathSegment } from '@/lib/core/path-segment';
import type { Translate } from '@/lib/messages/messages';

/** Maximum length of a problem next to the status. Longer ones get the width of the card. */
const SHORT = 40;

/** A problem that does not fit next to the status: too long, or of one worker while others are live. */
function longProblem(status: DeploymentStatus | undefined): string | undefined {
  if (!status?.problem) return undefined;
  // The list of workers shows it already.
  if (status.workerDetails.some(({ error }) => error === status.problem)) return undefined;
  return status.live || status.problem.length > SHORT ? status.problem : undefined;
}

/** At most two short lines, so that the layout does not shift when workers come and go. */
function lines(status: DeploymentStatus, t: Translate<'agents'>): string[] {
  const { live, reports, workers, activeJobs, maxJobs, problem } = status;
  if (!reports) return [];
  if (live) {
    const jobs = t('figures.jobs', { active: activeJobs, max: maxJobs });
    return [t('figures.workers', { count: workers }), jobs];
  }
  const broken = status.workerDetails.some(({ state }) => state === 'broken');
  const short = problem && problem.length <= SHORT ? problem : t('figures.workers', { count: 0 });
  const why = broken ? t('figures.broken') : short;
  return activeJobs > 0 ? [why, t('figures.leaving', { count: activeJobs })] : [why];
}

interface NowProps {
  readonly light: Light;
  readonly status: DeploymentStatus | undefined;
}

/** The current state of a deployment: its status, its workers and their load, or why it is off. */
function Now({ light, status }: NowProps) {
  const t = useTranslations('agents');
  return (
    <>
      <Chip
        tone={LIGHT_TONES[light]}
        label={light === 'checking' ? t('figures.checking') : undefined}
        className={cn(
          'max-[379px]:px-2',
          // Longer than the others.
          light === 'unreported' && 'h-auto min-h-7 [&>span]:whitespace-normal',
        )}
      >
        {t(`figures.light.${light}`)}
      </Chip>
      <span className="mt-1.5 block min-h-10 text-sm text-muted-foreground leading-5">
        {status &&
          lines(status, t).map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
      </span>
    </>
  );
}

/** The look of a link below the figures. */
const LINK =
  'mt-1 mr-6 inline-flex min-h-11 items-center rounded-sm font-medium text-sm underline underline-offset-3';

/** The look of a card. */
export const FRAME = 'rounded-lg border border-border bg-card p-4 sm:p-6';

interface AgentCardProps {
  /** Agent name. */
  readonly name: string;
  /** Its entry in the list; undefined without one. */
  readonly agent: ListedAgent | undefined;
  /** Index in the list; -1 without one. */
  readonly place: number;
  /** Its deployments, as far as known: "" if it is not known which. */
  readonly deployments: readonly string[];
  readonly known: ReturnType<typeof useAgents>;
  /** Figures of its deployments; empty until they are loaded. */
  readonly stats: readonly AgentStats[];
  readonly window: StatsWindow;
  readonly asTable: boolean;
  /** What can be done with the agent. */
  readonly children?: ReactNode;
}

export function AgentCard({
  name,
  agent,
  place,
  known,
  window,
  asTable,
  ...props
}: AgentCardProps) {
  const t = useTranslations('agents');
  const { roleOf, summaryOf } = useCatalogue();
  // Names may have spaces.
  const id = useId();
  const hasRollouts = useFeature('rollouts');
  const hasDoctor = useFeature('doctor');
  const mayTest = usePermission('doctor') && hasDoctor;
  const person = agent?.person ?? name;
  const last = t(`window.last.${window.window}`);
  const status = known.agents.find((one) => one.name === name);
  const nameOf = (deployment: string) => deployment || t('found.unknownDeployment');
  const stats = props.stats.map((one) => ({ ...one, deployment: nameOf(one.deployment) }));
  const named = stats.map((one): Named => [one.deployment, one]);
  const deployments = props.deployments.map(nameOf);
  const columns = deployments.map((deployment) => {
    const now = status?.deployments.find((one) => one.name === deployment);
    return {
      deployment,
      // Of a deployment that is not in the list, nothing is known.
      now: agent?.deployments.includes(deployment) ? (
        <Now light={lightOf(known, name, deployment)} status={now} />
      ) : (
        <None />
      ),
      problem: longProblem(now),
      stats: stats.find((one) => one.deployment === deployment),
    };
  });
  const unreported = status?.deployments.some(({ reports }) => !reports) ?? false;
  const role = agent ? roleOf(agent) : t('notListed');
  const called = stats.some(({ calls }) => calls > 0);
  return (
    <section aria-labelledby={id} className={FRAME}>
      <div className="flex items-center gap-3.5">
        <Portrait person={person} place={place} />
        <div className="min-w-0">
          <h2 id={id} className="text-xl leading-tight">
            {person}
            {role && (
              <span className="font-normal font-sans text-base text-muted-foreground tracking-normal">
                {' '}
                · {role}
              </span>
            )}
          </h2>
          <p className="text-sm text-muted-foreground empty:hidden">{agent && summaryOf(agent)}</p>
        </div>
      </div>
      {props.children}
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div>
          <FiguresTable
            caption={t('figures.caption', { person, window: last })}
            columns={columns}
          />
          {unreported && <p className="pt-1.5 text-sm text-muted-foreground">{t('unreported')}</p>}
          <ul className="text-sm text-muted-foreground">
            {columns.map(
              ({ deployment, problem }) =>
                problem && (
                  <li key={deployment} className="break-words pt-1.5">
                    {t('problem', { deployment, problem })}
                  </li>
                ),
            )}
          </ul>
          {agent &&
            called &&
            named
              .slice(1)
              .map((one) => <Comparison key={one[0]} one={one} base={named[0] ?? one} />)}
          {agent?.source === 'team' && <SessionNotice />}
          {agent && mayTest && (
            <Link href={`/doctor?${new URLSearchParams({ agent: name })}`} className={LINK}>
              {t('testCall')}
              <span className="sr-only">: {person}</span>
            </Link>
          )}
          {agent && deployments.length > 1 && hasRollouts && (
            <Link href={`/agents/${pathSegment(name)}/rollout`} className={LINK}>
              {t('rollout')}
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
      <Versions person={person} stats={stats} />
      <RunsOn person={person} deployments={status?.deployments ?? []} />
      <WorkersList person={person} deployments={status?.deployments ?? []} />
    </section>
  );
}

interface EmptyProps {
  readonly person: string;
  /** Undefined if it cannot be called any more. */
  readonly agent: string | undefined;
  readonly last: string;
}

function Empty({ person, agent, last }: EmptyProps) {
  const t = useTranslations('agents.empty');
  return (
    <div className="rounded-md bg-background p-4 text-base sm:p-5">
      <p className="font-semibold">{t('title', { window: last })}</p>
      <p className="mt-1 text-sm text-muted-foreground leading-relaxed">{t('body', { person })}</p>
      {agent && (
        <Link
          href={`/?agent=${encodeURIComponent(agent)}`}
          className="mt-1 inline-flex min-h-11 items-center rounded-sm font-medium underline underline-offset-3"
        >
          {t('call', { person })}
        </Link>
      )}
    </div>
  );
}
