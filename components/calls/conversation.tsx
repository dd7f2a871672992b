'use client';
// The conversation on a time axis. For the keyboard and screen readers it is a list box; the text of the selected
// entry is below, in reserved space.
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { describeMarkInTime, type EventWording } from '@/components/calls/event-words';
import { LANE_CLASS, LANE_HEIGHT, LaneMarks } from '@/components/calls/lane-marks';
import { useEventWording } from '@/components/calls/use-wording';
import { cn } from '@/components/ui/cn';
import { SelectField } from '@/components/ui/fields';
import { Panel } from '@/components/ui/panel';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import type { Mark, Timeline } from '@/lib/calls/call';
import {
  extentOf,
  isReported,
  isTurn,
  type Lane,
  lanesOf,
  shareOf,
  ticksOf,
} from '@/lib/calls/view/picture';
import { clock } from '@/lib/core/clock';
import { duration } from '@/lib/core/figures';
import type { Translate } from '@/lib/messages/messages';

const COLUMNS = ['at', 'who', 'what', 'length', 'delay'] as const;

interface TalkTableProps {
  readonly marks: readonly Mark[];
  readonly wording: EventWording;
}

/** The conversation as a table, for screen readers and for copying. */
function TalkTable({ marks, wording }: TalkTableProps) {
  const { t, speaker, locale } = wording;
  const turns = marks.filter(isTurn);
  if (turns.length === 0) return null;
  const cell = 'py-1 pr-3 text-left align-top font-normal';
  return (
    <details className="mt-3 text-sm">
      <summary className="inline-flex min-h-9 cursor-pointer items-center rounded-sm text-muted-foreground hover:text-foreground">
        {t('talk.table')}
      </summary>
      <ScrollFrame label={t('talk.table')} className="mt-1">
        <table className="w-full min-w-[32rem]">
          <thead className="text-muted-foreground">
            <tr>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" className={cell}>
                  {t(`talk.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {turns.map((turn) => (
              <tr key={turn.id}>
                <td className={`${cell} num`}>{clock(turn.from)}</td>
                <th scope="row" className={cell}>
                  {speaker(turn)}
                </th>
                <td className={cell}>
                  {turn.text}
                  {turn.interrupted && ` — ${t('interrupted')}`}
                  {turn.typed && ` (${t(turn.pressed ? 'pressed' : 'typed')})`}
                </td>
                <td className={`${cell} num whitespace-nowrap`}>
                  {duration(turn.to - turn.from, locale)}
                </td>
                <td className={`${cell} num whitespace-nowrap`}>
                  {turn.latency.firstAudio === undefined
                    ? ''
                    : duration(turn.latency.firstAudio, locale)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </details>
  );
}

/** Height of the axis in pixels. */
const AXIS_HEIGHT = 26;

interface AxisProps {
  /** Milliseconds of the whole axis, and of the visible part. */
  readonly extent: number;
  readonly inView: number;
  /** Where the lanes end, in pixels. */
  readonly top: number;
}

/** The time axis: a line and a time for each tick. */
function Axis({ extent, inView, top }: AxisProps) {
  return (
    <g>
      {ticksOf(extent, inView).map((ms, at) => {
        const share = shareOf(ms, extent, inView);
        return (
          <g key={ms}>
            <rect x={`${share * 100}%`} width={1} height={top} className="fill-border" />
            <text
              x={`${share * 100}%`}
              y={top + 18}
              textAnchor={at === 0 ? 'start' : share > 0.97 ? 'end' : 'middle'}
              // Phones have room for half of the times.
              className={cn('num fill-muted-foreground text-xs', at % 2 === 1 && 'max-sm:hidden')}
            >
              {clock(ms)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

const SHAPES = [
  ['speaking', 'bg-foreground'],
  ['waiting', 'bg-amber'],
  ['wrong', 'bg-destructive'],
] as const;

function Legend() {
  const t = useTranslations('callDetails.talk.legend');
  return (
    <ul className="flex flex-wrap gap-x-3">
      {SHAPES.map(([name, ground]) => (
        <li key={name} className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className={`size-2.5 rounded-[3px] ${ground}`} />
          {t(name)}
        </li>
      ))}
    </ul>
  );
}

/** Choices for the visible time range in milliseconds; 0 is everything. */
const WINDOWS = [0, 600_000, 180_000, 60_000, 20_000] as const;
/** A longer call starts zoomed in: its turns would be too thin to see. */
const FIRST_WINDOW_MS = 180_000;
/** Distance from the end in pixels that still counts as the end. */
const AT_END = 32;

type Words = Translate<'callDetails'>;

const windowName = (ms: number, t: Words, locale: string) =>
  ms === 0 ? t('talk.windows.whole') : duration(ms, locale);
const laneName = ({ kind, label }: Lane, { t, speaker }: EventWording) =>
  kind === 'tools' || kind === 'events'
    ? t(`talk.lanes.${kind}`)
    : speaker({ speaker: kind, by: label });

interface ConversationProps {
  readonly timeline: Timeline;
  /** Milliseconds since 1970; advances while the call is in progress. */
  readonly now: number;
  /** Scrolls to the text of a mark. */
  readonly onOpen: (mark: Mark) => void;
}

export function Conversation({ timeline, now, onOpen }: ConversationProps) {
  const { call, marks } = timeline;
  const wording = useEventWording(timeline);
  const { t, locale } = wording;
  const lanes = lanesOf(timeline);
  const extent = extentOf(call, marks, now);
  const [asked, setAsked] = useState<number>();
  const windowMs = asked ?? (extent > FIRST_WINDOW_MS ? FIRST_WINDOW_MS : 0);
  const inView = windowMs === 0 ? extent : Math.min(windowMs, extent);
  const place = (ms: number) => shareOf(ms, extent, inView);
  const [chosen, setChosen] = useState<string>();
  const id = useId();
  const idOf = (mark: Mark) => `${id}-${mark.id}`;
  const say = (mark: Mark) => describeMarkInTime(mark, wording);

  // In chronological order across lanes, for the arrow keys.
  const order = lanes.flatMap((lane) => lane.marks).sort((a, b) => a.from - b.from);
  const at = order.findIndex((mark) => mark.id === chosen);
  const box = useRef<HTMLDivElement>(null);
  const live = call.endedAt === undefined;
  /** The progress of the call, as a share of the axis. */
  const reached = place(Math.min(extent, now - call.requestedAt));

  // Follows a call in progress unless the viewer has scrolled away.
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: also when the axis grows or the window changes
  useEffect(() => {
    const frame = box.current;
    if (!live || !frame || !follows.current) return;
    const x = reached * frame.scrollWidth;
    if (x > frame.scrollLeft + frame.clientWidth - AT_END)
      frame.scrollLeft = x - frame.clientWidth * 0.8;
  }, [live, extent, inView, reached]);

  const choose = (mark: Mark | undefined) => {
    if (!mark) return;
    setChosen(mark.id);
    const frame = box.current;
    if (!frame) return;
    const x = place(mark.from) * frame.scrollWidth;
    if (x < frame.scrollLeft || x > frame.scrollLeft + frame.clientWidth - 24)
      frame.scrollLeft = x - frame.clientWidth / 3;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: Math.min(at + 1, order.length - 1),
      ArrowDown: Math.min(at + 1, order.length - 1),
      ArrowLeft: Math.max(at - 1, 0),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: order.length - 1,
    }[event.key];
    const mark = order[at];
    if (event.key === 'Enter' && mark) onOpen(mark);
    if (to === undefined) return;
    event.preventDefault();
    choose(order[to]);
  };
  const shown = order[at];

  if (lanes.length === 0) {
    return (
      <Panel title={t('talk.title')}>
        <p className="text-sm text-muted-foreground">
          {t(live ? 'talk.noneYet' : 'talk.none', { known: String(isReported(timeline)) })}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title={t('talk.title')} aside={<Legend />}>
      <div className="flex gap-2.5">
        <ol aria-hidden="true" className="w-[4rem] flex-none text-sm sm:w-[5.5rem]">
          {lanes.map((lane) => (
            <li
              key={lane.key}
              className={`flex items-center ${LANE_CLASS}`}
              title={laneName(lane, wording)}
            >
              <span className="truncate">{laneName(lane, wording)}</span>
            </li>
          ))}
        </ol>
        <div
          ref={box}
          role="listbox"
          aria-label={t('talk.picture')}
          aria-orientation="horizontal"
          aria-activedescendant={shown && idOf(shown)}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={() => at < 0 && choose(order[0])}
          onScroll={({ currentTarget: frame }) => {
            const end = frame.scrollLeft + frame.clientWidth;
            follows.current = end >= reached * frame.scrollWidth - AT_END;
          }}
          className="min-w-0 flex-1 overflow-x-auto overscroll-x-contain rounded-[6px] pb-1"
        >
          <svg
            role="presentation"
            width={`${(extent / inView) * 100}%`}
            height={lanes.length * LANE_HEIGHT + AXIS_HEIGHT}
            className="block"
          >
            <Axis extent={extent} inView={inView} top={lanes.length * LANE_HEIGHT} />
            {lanes.map((lane, row) => (
              <LaneMarks
                key={lane.key}
                lane={lane}
                top={row * LANE_HEIGHT}
                place={place}
                chosen={chosen}
                idOf={idOf}
                words={say}
                onChoose={(mark) => setChosen(mark.id)}
              />
            ))}
            {live && (
              <rect
                x={`${reached * 100}%`}
                width={2}
                height={lanes.length * LANE_HEIGHT}
                className="fill-go"
              />
            )}
          </svg>
        </div>
      </div>
      <div className="mt-2 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <p className="min-h-[4.2em] min-w-[14rem] flex-1 text-sm leading-snug [overflow-wrap:anywhere]">
          {shown ? (
            <>
              <span className="line-clamp-3">{say(shown)}</span>
              <button
                type="button"
                onClick={() => onOpen(shown)}
                className="text-muted-foreground underline hover:text-foreground"
              >
                {t('talk.open')}
              </button>
            </>
          ) : (
            <>
              <span className="text-muted-foreground pointer-coarse:hidden">{t('talk.hint')}</span>
              <span className="hidden text-muted-foreground pointer-coarse:inline">
                {t('talk.touchHint')}
              </span>
            </>
          )}
        </p>
        <SelectField
          label={t('talk.window')}
          labelHidden
          className="w-[10.5rem]"
          value={String(windowMs)}
          options={WINDOWS.filter((ms) => ms < extent).map((ms) => ({
            value: String(ms),
            label: windowName(ms, t, locale),
          }))}
          onChange={(value) => setAsked(Number(value))}
        />
      </div>
      <TalkTable marks={marks} wording={wording} />
    </Panel>
  );
}
