'use client';
// The transcript of a call with latencies and tool calls. If there is a recording, its player is above, and the word
// being played is highlighted.
import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Fragment, useEffect, useMemo, useRef } from 'react';
import { useFeature, usePermission } from '@/components/accounts/visitor';
import { AnswerTime } from '@/components/calls/answer-time';
import { exportHref, simulationHref } from '@/components/calls/calls-client';
import { RecordingPlayers, usePlayback } from '@/components/calls/recording-player';
import { ToolCall } from '@/components/calls/tool-call';
import { TurnWaterfall } from '@/components/calls/turn-waterfall';
import { useEventWording } from '@/components/calls/use-wording';
import { cn } from '@/components/ui/cn';
import { Panel } from '@/components/ui/panel';
import type { Mark, Timeline } from '@/lib/calls/call';
import { awaitsUpload, isReported } from '@/lib/calls/view/picture';
import { wordsOf } from '@/lib/calls/view/recordings';
import { type Bar, waterfalls } from '@/lib/calls/view/waterfall';
import { clock } from '@/lib/core/clock';
import { duration } from '@/lib/core/figures';

interface HeardWordsProps {
  readonly text: string;
  /** Undefined while the line is not playing. */
  readonly word: number | undefined;
}

/** The words of a line; the one being played is highlighted, and those before it are marked as read. */
function HeardWords({ text, word }: HeardWordsProps) {
  if (word === undefined) return text;
  // No padding around words, so that the layout does not shift.
  return wordsOf(text).map((one, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words of a text stay where they are
    <Fragment key={at}>
      <span
        data-heard={at === word || undefined}
        className={cn(
          at === word && 'rounded-[3px] bg-go-ground text-go underline underline-offset-3',
          at > word && 'text-muted-foreground',
        )}
      >
        {one.trimEnd()}
      </span>
      {one.slice(one.trimEnd().length)}
    </Fragment>
  ));
}

type Turn = Extract<Mark, { kind: 'turn' }>;

/** Id of the element of a mark. */
export const placeOf = (mark: Pick<Mark, 'id'>) => `at-${mark.id}`;

export function CallTranscript({ timeline }: { readonly timeline: Timeline }) {
  const t = useTranslations('callDetails.transcript');
  const { speaker } = useEventWording(timeline);
  const mayWatch = usePermission('watch');
  const hasSimulations = useFeature('simulations');
  const lines = timeline.marks.filter((mark) => mark.kind !== 'event');
  const bars = useMemo(() => (mayWatch ? waterfalls(timeline) : undefined), [mayWatch, timeline]);
  const playback = usePlayback(timeline);
  const { heard } = playback;
  useFollow(heard?.id);
  return (
    <Panel
      title={t('title')}
      aside={
        lines.length > 0 && (
          <nav aria-label={t('exports')} className="flex items-center gap-1">
            <Download aria-hidden="true" className="size-4" />
            {(['txt', 'vtt', 'json'] as const).map((format) => (
              <a
                key={format}
                href={exportHref(timeline.call.id, format)}
                download
                className="inline-flex min-h-9 items-center rounded-sm px-1.5 underline hover:text-foreground"
              >
                {t(`formats.${format}`)}
              </a>
            ))}
            {mayWatch && hasSimulations && (
              <a
                href={simulationHref(timeline.call.id)}
                download
                title={t('simulationHint')}
                className="inline-flex min-h-9 items-center rounded-sm px-1.5 underline hover:text-foreground"
              >
                {t('simulation')}
              </a>
            )}
          </nav>
        )
      }
    >
      <RecordingPlayers call={timeline.call.id} playback={playback} />
      {lines.length === 0 ? (
        <NoLines timeline={timeline} />
      ) : (
        <ol className="divide-y divide-border">
          {lines.map((mark) => (
            <li
              key={mark.id}
              id={placeOf(mark)}
              tabIndex={-1}
              data-tool={mark.kind === 'tool' || undefined}
              aria-current={heard?.id === mark.id || undefined}
              className={cn(
                '-ml-2.5 grid scroll-mt-4 grid-cols-[3.2rem_minmax(0,1fr)] py-2.5 pl-2.5 target:bg-accent focus:bg-accent',
                playback.recordings.length > 0 && 'scroll-mt-48 scroll-mb-8',
                heard?.id === mark.id && 'bg-accent shadow-[inset_3px_0_0_var(--color-go)]',
              )}
            >
              <LineTime mark={mark} onPlay={playback.covers(mark.from) && playback.playFrom} />
              {mark.kind === 'turn' ? (
                <TurnLine
                  turn={mark}
                  by={speaker(mark)}
                  word={heard?.id === mark.id ? heard.word : undefined}
                  bars={bars?.get(mark.id)}
                />
              ) : (
                <ToolCall {...mark} label={mark.label ?? mark.tool} ms={mark.to - mark.from} />
              )}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

/** Why the transcript is empty. How to get one is for developers. */
function NoLines({ timeline }: { readonly timeline: Timeline }) {
  const t = useTranslations('callDetails');
  const mayWatch = usePermission('watch');
  const live = timeline.call.endedAt === undefined;
  return (
    <p className="text-sm text-muted-foreground [overflow-wrap:anywhere]">
      {t(live ? 'talk.noneYet' : 'talk.none', { known: String(isReported(timeline)) })}
      {mayWatch &&
        awaitsUpload(timeline) &&
        ` ${t(live ? 'transcript.mayCome' : 'transcript.notUploaded')}`}
    </p>
  );
}

/** Scrolls the line that is playing into view, unless the listener has scrolled away from the last one. */
function useFollow(heard: string | undefined): void {
  const last = useRef<Element>(null);
  useEffect(() => {
    if (heard === undefined) return;
    const line = document.getElementById(placeOf({ id: heard }));
    if (!line) return;
    const before = last.current?.getBoundingClientRect();
    last.current = line;
    if (before && (before.bottom < 0 || before.top > window.innerHeight)) return;
    line.scrollIntoView({ block: 'nearest' });
  }, [heard]);
}

interface LineTimeProps {
  readonly mark: Mark;
  /** Starts playback at a time; false without a recording. */
  readonly onPlay: false | ((at: number) => void);
}

function LineTime({ mark: { from }, onPlay }: LineTimeProps) {
  const t = useTranslations('callDetails.recording');
  const time = clock(from);
  if (!onPlay) return <span className="num text-sm text-muted-foreground">{time}</span>;
  return (
    <button
      type="button"
      aria-label={t('play', { time })}
      title={t('play', { time })}
      onClick={() => onPlay(from)}
      className="num -my-2.5 flex min-h-11 items-start justify-self-start rounded-sm py-2.5 text-sm text-muted-foreground underline underline-offset-3 hover:text-foreground"
    >
      {time}
    </button>
  );
}

interface TurnLineProps {
  readonly turn: Turn;
  /** The name of who speaks. */
  readonly by: string;
  /** Index of the word being played. */
  readonly word: number | undefined;
  /** Its measured steps, for developers. */
  readonly bars: readonly Bar[] | undefined;
}

function TurnLine({ turn, by, word, bars }: TurnLineProps) {
  const t = useTranslations('callDetails');
  const locale = useLocale();
  const { firstAudio } = turn.latency;
  const marks = [
    turn.typed && t(turn.pressed ? 'pressed' : 'typed'),
    turn.interrupted && t('interrupted'),
  ];
  // In chronological order: an answer can be generated before the transcript of the question is final.
  const parts = (['transcript', 'endOfTurn', 'firstToken', 'firstAudio'] as const)
    .flatMap((part) => {
      const ms = turn.latency[part];
      return ms === undefined ? [] : [{ part, ms }];
    })
    .toSorted((a, b) => a.ms - b.ms)
    .map(({ part, ms }) => [t(`delay.${part}`), duration(ms, locale)].join(' '));
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <p className="text-base">
          <span className="font-semibold">{by}</span>
          <span className="text-muted-foreground">
            {marks.filter(Boolean).map((mark) => ` · ${mark}`)}
          </span>
        </p>
        {firstAudio !== undefined && (
          <AnswerTime ms={firstAudio}>
            <span aria-hidden="true">{duration(firstAudio, locale)}</span>
            <span className="sr-only">
              {t('delay.answered', { time: duration(firstAudio, locale) })}
            </span>
          </AnswerTime>
        )}
      </div>
      <p
        className={cn(
          'text-base leading-relaxed [overflow-wrap:anywhere]',
          turn.interrupted && 'text-muted-foreground italic',
        )}
      >
        <HeardWords text={turn.text} word={word} />
        {turn.interrupted && ' —'}
      </p>
      {parts.length > 1 && (
        <p className="text-sm text-muted-foreground">
          {t('delay.from')}: <span className="tabular-nums">{parts.join(' → ')}</span>
        </p>
      )}
      {bars && <TurnWaterfall bars={bars} />}
    </div>
  );
}
