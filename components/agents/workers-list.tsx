// The workers of an agent: machine, load and errors.
import { useLocale, useTranslations } from 'next-intl';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { LocalTime } from '@/components/ui/local-time';
import type { DeploymentStatus, WorkerDetail } from '@/lib/agents/answers';
import { PRODUCTION } from '@/lib/core/deployment';
import { duration } from '@/lib/core/figures';
import { BUSY_FULL } from '@/lib/dispatch/queue/queue';

const TONES: Record<WorkerDetail['state'], ChipTone> = {
  starting: 'off',
  live: 'go',
  draining: 'off',
  broken: 'stop',
};

interface WorkersListProps {
  readonly person: string;
  readonly deployments: readonly DeploymentStatus[];
}

export function WorkersList({ person, deployments }: WorkersListProps) {
  const t = useTranslations('agents.workers');
  const all = deployments.flatMap(({ name, workerDetails }) =>
    workerDetails.map((worker) => ({ name, worker })),
  );
  if (all.length === 0) return null;
  return (
    <div className="mt-6 border-border border-t pt-4">
      <h3 className="font-semibold text-base">{t('title')}</h3>
      <ul aria-label={t('of', { person })} className="divide-y divide-border">
        {all.map(({ name, worker }) => (
          <WorkerRow key={`${name} ${worker.worker}`} deployment={name} worker={worker} />
        ))}
      </ul>
    </div>
  );
}

function WorkerRow({
  deployment,
  worker,
}: {
  readonly deployment: string;
  readonly worker: WorkerDetail;
}) {
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
