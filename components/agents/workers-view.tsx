'use client';
// The workers of an agent: machine, load and errors, and which other agents each of them serves.
import { useLocale, useTranslations } from 'next-intl';
import { useDisplayName } from '@/components/agents/agent-list';
import { type FirstAgents, useAgentsSince } from '@/components/agents/stats';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { LocalTime } from '@/components/ui/local-time';
import type { WorkerDetail } from '@/lib/agents/answers';
import { PRODUCTION } from '@/lib/core/deployment';
import { duration } from '@/lib/core/figures';
import { BUSY_FULL } from '@/lib/dispatch/queue/queue';

const TONES: Record<WorkerDetail['state'], ChipTone> = {
  starting: 'off',
  live: 'go',
  draining: 'off',
  broken: 'stop',
};

interface WorkersViewProps extends FirstAgents {
  /** Agent name. */
  readonly name: string;
}

export function WorkersView({ name, ...since }: WorkersViewProps) {
  const t = useTranslations('agents');
  const nameOf = useDisplayName();
  const { agents } = useAgentsSince(since);
  const deployments = agents.find((one) => one.name === name)?.deployments ?? [];
  const all = deployments.flatMap(({ name: deployment, workerDetails }) =>
    workerDetails.map((worker) => ({ deployment, worker })),
  );
  /** The other agents that a worker serves. */
  const othersOf = ({ worker, host }: WorkerDetail) =>
    agents
      .filter((one) => one.name !== name)
      .filter((one) =>
        one.deployments.some(({ workerDetails }) =>
          workerDetails.some((other) => other.worker === worker && other.host === host),
        ),
      )
      .map((one) => nameOf(one.name));
  return (
    <>
      {deployments.some(({ reports }) => !reports) && (
        <p className="text-muted-foreground">{t('unreported')}</p>
      )}
      {all.length === 0 ? (
        <p>{t('figures.workers', { count: 0 })}</p>
      ) : (
        <ul
          aria-label={t('workers.of', { person: nameOf(name) })}
          className="divide-y divide-border rounded-lg border border-border bg-card px-4 sm:px-6"
        >
          {all.map(({ deployment, worker }) => (
            <WorkerRow
              key={`${deployment} ${worker.worker}`}
              {...{ deployment, worker }}
              others={othersOf(worker)}
            />
          ))}
        </ul>
      )}
      <p className="mt-2 text-muted-foreground text-sm">{t('workers.method')}</p>
    </>
  );
}

interface WorkerRowProps {
  readonly deployment: string;
  readonly worker: WorkerDetail;
  /** Display names of the other agents that it serves. */
  readonly others: readonly string[];
}

function WorkerRow({ deployment, worker, others }: WorkerRowProps) {
  const t = useTranslations('agents.workers');
  const { state, activeJobs, maxJobs, error, lastError } = worker;
  const full = state === 'live' && activeJobs >= maxJobs;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 py-3 text-sm sm:grid-cols-[7.5rem_minmax(0,1fr)_minmax(0,1fr)]">
      <span className="order-2 justify-self-end sm:order-none sm:justify-self-start">
        <Chip tone={full ? 'standby' : TONES[state]}>{full ? t('full') : t(`state.${state}`)}</Chip>
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">
          {[worker.host, worker.worker].filter(Boolean).join(' · ')}
        </span>
        <span
          className={cn(
            'text-sm',
            deployment === PRODUCTION ? 'text-muted-foreground' : 'text-staging',
          )}
        >
          {deployment}
        </span>
        {worker.version && (
          <span className="text-sm text-muted-foreground">
            {' '}
            · {t('version', { version: worker.version })}
          </span>
        )}
        {others.length > 0 && (
          <span className="block text-sm text-muted-foreground">
            {t('serves', { agents: others.join(', ') })}
          </span>
        )}
      </span>
      <Numbers worker={worker} />
      {error && (
        <p
          className={cn(
            'order-4 col-span-full break-words sm:order-none',
            state === 'broken' ? 'text-stop-ink' : 'text-muted-foreground',
          )}
        >
          {state === 'broken' ? t('whyBroken', { error }) : error}
        </p>
      )}
      {lastError && lastError.message !== error && (
        <p className="order-5 col-span-full break-words text-sm text-muted-foreground sm:order-none">
          {t('lastError')} <LocalTime at={new Date(lastError.at).toISOString()} />:{' '}
          {lastError.message}
        </p>
      )}
    </li>
  );
}

function Numbers({
  worker: { activeJobs, maxJobs, warm, lagMs, busy = 0 },
}: {
  readonly worker: WorkerDetail;
}) {
  const t = useTranslations('agents');
  const locale = useLocale();
  return (
    <span className="order-3 col-span-full flex flex-wrap gap-x-3 text-sm text-muted-foreground tabular-nums sm:order-none sm:col-span-1 sm:justify-end">
      <span>{t('figures.jobs', { active: activeJobs, max: maxJobs })}</span>
      {warm !== undefined && (
        <span>
          {t('workers.warm', { count: warm })}
          <span className="sr-only"> {t('workers.warmLabel')}</span>
        </span>
      )}
      {lagMs !== undefined && <span>{t('workers.lag', { time: duration(lagMs, locale) })}</span>}
      {busy >= BUSY_FULL && <span className="text-standby">{t('workers.noTime')}</span>}
    </span>
  );
}
