'use client';
// The first page of an agent: what runs where, its deployments side by side, how they differ, and charts.
import { Pencil, Table2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { usePermission } from '@/components/accounts/visitor';
import { AgentForm } from '@/components/agents/agent-form';
import { useAgentList } from '@/components/agents/agent-list';
import { removeAgent } from '@/components/agents/agents-client';
import { LIGHT_TONES, type Light, lightOf } from '@/components/agents/agents-store';
import { Chart } from '@/components/agents/chart';
import { CHARTS } from '@/components/agents/chart-data';
import { Comparison, type Named } from '@/components/agents/comparison';
import { FiguresTable, None } from '@/components/agents/figures-table';
import { RunsOn } from '@/components/agents/runs-on';
import { SessionNotice } from '@/components/agents/session-notice';
import { type FirstAgents, useAgentsSince, useStats, WindowLinks } from '@/components/agents/stats';
import { useCatalogue } from '@/components/language/catalogue';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { ConfirmDelete } from '@/components/ui/confirm';
import type { ListedAgent } from '@/lib/agents/agent';
import type { DeploymentStatus } from '@/lib/agents/answers';
import {
  ENOUGH,
  TELLING_MS,
  TELLING_SHARE,
  type WindowName,
  type WindowStats,
} from '@/lib/calls/view/agent-stats';
import { duration } from '@/lib/core/figures';
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

/** The look of a card. */
const FRAME = 'mt-5 rounded-lg border border-border bg-card p-4 sm:p-6';

interface ActionsProps {
  readonly agent: ListedAgent;
  readonly onEdit: () => void;
}

/** What can be done with an agent that the team has added. */
function Actions({ agent: { name, person }, onEdit }: ActionsProps) {
  const t = useTranslations('agents');
  const router = useRouter();
  return (
    <>
      <Button data-do="edit" onClick={onEdit}>
        <Pencil aria-hidden="true" className="size-[18px]" />
        {t('edit')}
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
          router.push('/agents');
        }}
      />
    </>
  );
}

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

interface OverviewProps extends FirstAgents {
  /** Agent name. */
  readonly name: string;
  readonly window: WindowName;
  /** From the server; undefined if it could not read them. */
  readonly first: WindowStats | undefined;
}

export function Overview({ name, window, first, ...since }: OverviewProps) {
  const t = useTranslations('agents');
  const { summaryOf } = useCatalogue();
  const { stats, notice } = useStats(window, first);
  const agent = useAgentList().find((one) => one.name === name);
  const mayChange = usePermission('dispatch') && agent?.source === 'team';
  const [asTable, setAsTable] = useState(false);
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState('');
  const page = useRef<HTMLDivElement>(null);
  /** Closes the form, says what was done, and moves the focus back to its button. */
  const done = (what: string) => {
    flushSync(() => {
      setEditing(false);
      setSaid(what);
    });
    page.current?.querySelector<HTMLElement>('[data-do="edit"]')?.focus();
  };
  if (mayChange && editing) {
    return (
      <section className={FRAME}>
        <AgentForm
          agent={agent}
          onSaved={(person) => done(t('changed', { person }))}
          onCancel={() => done('')}
        />
      </section>
    );
  }
  return (
    <div ref={page}>
      <p className="empty:hidden">{agent && summaryOf(agent)}</p>
      <div className="mt-4 flex flex-wrap items-start justify-between gap-3">
        <WindowLinks chosen={window} />
        <div className="flex flex-wrap items-start gap-2">
          {mayChange && <Actions agent={agent} onEdit={() => setEditing(true)} />}
          <TableSwitch on={asTable} onChange={setAsTable} />
        </div>
      </div>
      <p role="status" className={said ? 'pt-2' : 'sr-only'}>
        {said}
      </p>
      {notice}
      {stats && <Figures {...{ name, agent, stats, asTable }} {...since} />}
      {agent?.source === 'team' && <SessionNotice />}
      <Method />
    </div>
  );
}

interface FiguresProps extends FirstAgents {
  readonly name: string;
  readonly agent: ListedAgent | undefined;
  readonly stats: WindowStats;
  readonly asTable: boolean;
}

/** Its deployments side by side, how they differ, charts, and what it runs on. */
function Figures({ name, agent, stats: window, asTable, ...since }: FiguresProps) {
  const t = useTranslations('agents');
  const known = useAgentsSince(since);
  const person = agent?.person ?? name;
  const last = t(`window.last.${window.window}`);
  const status = known.agents.find((one) => one.name === name);
  const stats = window.agents
    .filter((one) => one.agent === name)
    .map((one) => ({ ...one, deployment: one.deployment || t('found.unknownDeployment') }));
  const named = stats.map((one): Named => [one.deployment, one]);
  const deployments = [
    ...new Set([...(agent?.deployments ?? []), ...stats.map(({ deployment }) => deployment)]),
  ];
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
  const called = stats.some(({ calls }) => calls > 0);
  return (
    <section aria-label={t('figures.caption', { person, window: last })} className={FRAME}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
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
