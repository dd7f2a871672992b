'use client';
// The page of an agent's rollouts: the current one or the form for a new one, versions side by side, and the
// history.
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { None, WideFiguresTable } from '@/components/agents/figures-table';
import { Progress } from '@/components/rollouts/progress';
import { loadRollout, type RolloutPermissions } from '@/components/rollouts/rollout-client';
import { StartForm } from '@/components/rollouts/start-form';
import { Button } from '@/components/ui/button';
import { useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import { PRODUCTION } from '@/lib/core/deployment';
import type { RolloutEntry, RolloutOverview } from '@/lib/rollouts/answers';
import { reasonText, versionName } from '@/lib/rollouts/words';

// The versions of an agent side by side, with the figures of their calls.

interface VersionsProps {
  readonly person: string;
  readonly overview: RolloutOverview;
}

function Versions({ person, overview }: VersionsProps) {
  const t = useTranslations('rollouts');
  const { figures, running, rollout } = overview;
  const columns = running.flatMap(({ deployment, reports, versions, places }) =>
    figures
      .filter((one) => one.deployment === deployment)
      .map((stats) => {
        const runs = stats.version !== undefined && versions.includes(stats.version);
        const state = runs ? t('figures.runs', { places }) : t('figures.gone');
        return {
          deployment,
          version: stats.version ?? t('versionUnknown'),
          now: reports ? <span className="text-sm">{state}</span> : <None />,
          stats,
        };
      }),
  );
  const inProgress = rollout !== undefined && rollout.endedAt === undefined;
  return (
    <section aria-labelledby="versions" className="mt-8">
      <h2 id="versions" className="text-xl">
        {t('figures.title')}
      </h2>
      <p className="mt-1 text-sm text-muted-foreground">
        {t(inProgress ? 'figures.since' : 'figures.week')}
      </p>
      {columns.length === 0 ? (
        <p className="mt-3 text-base">{t('figures.none')}</p>
      ) : (
        <ScrollFrame
          label={t('figures.caption', { person })}
          className="mt-3 rounded-lg border border-border bg-card px-4 py-2 sm:px-6"
        >
          <WideFiguresTable caption={t('figures.caption', { person })} columns={columns} />
        </ScrollFrame>
      )}
    </section>
  );
}

/** The history of rollouts, newest first. */
function History({ entries }: { readonly entries: readonly RolloutEntry[] }) {
  const t = useTranslations('rollouts');
  const locale = useLocale();
  return (
    <section aria-labelledby="history" className="mt-8">
      <h2 id="history" className="text-xl">
        {t('history.title')}
      </h2>
      {entries.length === 0 ? (
        <p className="mt-2 text-base text-muted-foreground">{t('history.none')}</p>
      ) : (
        <ol
          aria-labelledby="history"
          className="mt-3 divide-y divide-border rounded-lg border border-border bg-card px-4 sm:px-6"
        >
          {entries.map(({ id, at, action, by, deployment, version, percent, reason }) => (
            <li key={id} className="py-3 text-base">
              <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                <span className="font-semibold">{t(`history.actions.${action}`)}</span>
                <span className="tabular-nums">{t('history.to', { percent, deployment })}</span>
                <span className="break-all text-muted-foreground">{versionName(version, t)}</span>
                <span className="text-sm text-muted-foreground sm:ml-auto">
                  {by ?? t('history.itself')} ·{' '}
                  <time
                    suppressHydrationWarning
                    dateTime={new Date(at).toISOString()}
                    className="num whitespace-nowrap"
                  >
                    {new Date(at).toLocaleString(locale, {
                      dateStyle: 'short',
                      timeStyle: 'short',
                    })}
                  </time>
                </span>
              </div>
              {reason && (
                <p className="mt-0.5 max-w-[46rem] break-words text-sm text-muted-foreground">
                  {reasonText(reason, t, locale)}
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Poll interval in milliseconds. */
const POLL_MS = 5_000;

interface RolloutViewProps {
  /** Agent name. */
  readonly agent: string;
  readonly person: string;
  readonly permissions: RolloutPermissions;
  /** From the server; undefined if the database was not available. */
  readonly first: RolloutOverview | undefined;
}

export function RolloutView({ agent, person, permissions, first }: RolloutViewProps) {
  const t = useTranslations('rollouts');
  const failureText = useFailureText();
  const {
    data: overview,
    error: problem,
    refetch: refresh,
  } = useQuery({
    queryKey: ['rollout', agent],
    queryFn: ({ signal }) => loadRollout(agent, signal),
    initialData: first,
    refetchInterval: POLL_MS,
    // Next.js shows an earlier state of the page on going back.
    refetchOnMount: 'always',
  });
  const last = overview?.rollout;
  const inProgress = last !== undefined && last.endedAt === undefined;
  return (
    <>
      <p className="max-w-[46rem] text-muted-foreground">{t('lead')}</p>
      {problem && (
        <Notice tone="stop" title={t('away')} body={failureText(problem)}>
          <Button onClick={() => void refresh()}>{t('again')}</Button>
        </Notice>
      )}
      {overview && (
        <>
          {last && (
            <Progress
              rollout={last}
              promotable={overview.running.every(
                ({ deployment, reports }) =>
                  reports || ![PRODUCTION, last.deployment].includes(deployment),
              )}
              permissions={permissions}
              onChange={refresh}
            />
          )}
          {!inProgress && (
            <StartForm overview={overview} permissions={permissions} onStart={refresh} />
          )}
          <Versions person={person} overview={overview} />
          <History entries={overview.history} />
        </>
      )}
    </>
  );
}
