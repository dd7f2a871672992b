'use client';
// The simulations of an agent: start them, follow them, and see the results.
import { useMutation, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useDisplayName } from '@/components/agents/agent-list';
import { loadCall } from '@/components/calls/calls-client';
import { useChanges } from '@/components/calls/use-changes';
import { ScenarioList } from '@/components/simulations/scenario-list';
import { Button } from '@/components/ui/button';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import { request, unlessGone } from '@/components/ui/request';
import type { RunState } from '@/lib/calls/test-calls/result';
import { isTurn } from '@/lib/calls/view/picture';
import { pathSegment } from '@/lib/core/path-segment';
import { translated } from '@/lib/messages/catalogue';
import {
  type LiveSession,
  overviewAnswer,
  type SimulationsOverview,
  type StoredRun,
} from '@/lib/simulations/answers';

const TONES: Readonly<Record<RunState, ChipTone>> = {
  running: 'standby',
  passed: 'go',
  failed: 'stop',
  stopped: 'off',
};

/** A running simulation: its step, and its conversation from the timeline of the call. */
function LiveTalk({ run }: { readonly run: StoredRun }) {
  const t = useTranslations('simulations.live');
  const nameOf = useDisplayName();
  const { call: id } = run;
  // A call that cannot be loaded now is loaded again on its next event.
  const { data: detail, refetch } = useQuery({
    queryKey: ['call', id],
    queryFn: () => loadCall(id ?? ''),
    enabled: id !== undefined,
  });
  useChanges(() => id !== undefined && void refetch(), id);
  const agent = nameOf(run.agent);
  const turns = detail?.marks.filter(isTurn) ?? [];
  const step =
    id === undefined
      ? t('preparing')
      : detail?.call.joinedAt === undefined
        ? t('calling', { agent })
        : detail.call.endedAt === undefined
          ? t('talking', { agent })
          : t('checking');
  return (
    <>
      <p role="status" className="text-sm text-muted-foreground">
        {step}
      </p>
      <ol className="mt-1 grid gap-1 text-sm leading-relaxed empty:hidden">
        {turns.map((turn) => (
          <li key={turn.id} className="flex gap-2 [overflow-wrap:anywhere]">
            <span className="w-16 flex-none text-muted-foreground">
              {turn.speaker === 'caller' ? t('said') : turn.by}
            </span>
            {turn.text}
          </li>
        ))}
      </ol>
    </>
  );
}

interface LiveProps {
  readonly session: LiveSession;
  /** Newest first. */
  readonly runs: readonly StoredRun[];
  readonly onChange: () => void;
}

/** Running simulations: their progress, their conversations, and a button to stop them. */
function Live({ session, runs, onChange }: LiveProps) {
  const t = useTranslations('simulations');
  const ofScenarios = useTranslations('scenarios');
  const done = runs.filter(({ state }) => state !== 'running').length;
  const failureText = useFailureText();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      request(`/api/simulations/sessions/${pathSegment(session.id)}`, {
        method: 'DELETE',
      }).catch(unlessGone),
    onSettled: onChange,
  });
  const stop = () => {
    if (!isPending && !session.stopping) mutate();
  };
  return (
    <section aria-labelledby="live" className="mt-7">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="live" className="text-xl">
            {t('live.title')}
          </h2>
          <p role="status" className="text-base text-muted-foreground tabular-nums">
            {t('live.done', { done, all: session.runs })}
          </p>
        </div>
        <Button variant="destructive" aria-disabled={session.stopping} onClick={stop}>
          {t(session.stopping ? 'live.stopping' : 'live.stop')}
        </Button>
      </div>
      <progress
        aria-labelledby="live"
        max={session.runs}
        value={done}
        className="mt-3 block h-2 w-full appearance-none overflow-hidden rounded-full border-0 bg-accent [&::-moz-progress-bar]:bg-go [&::-webkit-progress-bar]:bg-accent [&::-webkit-progress-value]:bg-go"
      />
      {error && (
        <p role="alert" className="mt-3 text-sm text-stop-ink">
          {failureText(error)}
        </p>
      )}
      <ul
        aria-labelledby="live"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        className="mt-4 max-h-[32rem] min-h-48 divide-y divide-border overflow-y-auto rounded-lg border border-border bg-card"
      >
        {runs.map((run) => (
          <li key={run.id} className="px-4 py-3 sm:px-5">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 font-semibold text-base">
                {translated(ofScenarios, run.title)}
              </span>
              {run.call && (
                <Link
                  href={`/calls/${pathSegment(run.call)}`}
                  className="inline-flex min-h-9 items-center font-medium text-sm text-muted-foreground underline underline-offset-3 hover:text-foreground"
                >
                  {t('detail.call')}
                  <span className="sr-only">: {translated(ofScenarios, run.title)}</span>
                </Link>
              )}
              <Chip tone={TONES[run.state]}>{t(`states.${run.state}`)}</Chip>
            </div>
            {run.state === 'running' && <LiveTalk run={run} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Poll interval while simulations run: a runner that crashes sends no event. */
const LIVE_MS = 5_000;

interface SimulationsViewProps {
  /** Agent name. */
  readonly agent: string;
  /** From the server; undefined if the database was not available. */
  readonly first: SimulationsOverview | undefined;
}

export function SimulationsView({ agent, first }: SimulationsViewProps) {
  const t = useTranslations('simulations');
  const failureText = useFailureText();
  const {
    data: overview,
    error: problem,
    refetch,
  } = useQuery({
    queryKey: ['simulations'],
    queryFn: ({ signal }) => request('/api/simulations', { signal, schema: overviewAnswer }),
    initialData: first,
    refetchInterval: ({ state }) => (state.data?.live ? LIVE_MS : false),
  });
  const refresh = () => void refetch();
  useChanges(refresh);
  const live = overview?.live;
  return (
    <>
      <p className="text-muted-foreground">{t('lead')}</p>
      {problem && (
        <Notice tone="stop" urgent title={t('results.away')} body={failureText(problem)}>
          <Button onClick={refresh}>{t('results.again')}</Button>
        </Notice>
      )}
      {overview && (
        <>
          {live && (
            <Live
              session={live}
              runs={overview.runs.filter(({ session }) => session === live.id)}
              onChange={refresh}
            />
          )}
          <ScenarioList agent={agent} overview={overview} onStart={refresh} />
        </>
      )}
    </>
  );
}
