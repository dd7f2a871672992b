// A lane of the conversation: speech, waiting, tools and errors, each with its own shape, because color alone is not
// accessible. Positions are percentages, so nothing is measured.
import type { ReactNode } from 'react';
import type { Mark } from '@/lib/calls/call';
import { groupOf, type Lane, waitOf } from '@/lib/calls/view/picture';

/** Height of a lane and its shapes in pixels. */
export const LANE_HEIGHT = 34;
/** The same as a class: the Content-Security-Policy forbids inline styles in server-rendered HTML. */
export const LANE_CLASS = 'h-[34px]';
const BAR = 26;
const PAD = (LANE_HEIGHT - BAR) / 2;

interface LaneMarksProps {
  readonly lane: Lane;
  readonly top: number;
  /** Converts a time to a share of the width. */
  readonly place: Place;
  readonly chosen: string | undefined;
  readonly idOf: (mark: Mark) => string;
  readonly words: (mark: Mark) => string;
  readonly onChoose: (mark: Mark) => void;
}

export function LaneMarks({ lane, top, place, chosen, idOf, words, onChoose }: LaneMarksProps) {
  return (
    <>
      <rect y={top + PAD} width="100%" height={BAR} rx={5} className="fill-accent" />
      {inFront(lane.marks).map((mark) => (
        <g
          key={mark.id}
          id={idOf(mark)}
          role="option"
          aria-label={words(mark)}
          aria-selected={mark.id === chosen}
          onPointerEnter={() => onChoose(mark)}
          onClick={() => onChoose(mark)}
        >
          {shape(mark, top, place)}
          {mark.id === chosen && (
            <rect
              {...span(mark.from, mark.to, place)}
              y={top + 1}
              height={LANE_HEIGHT - 2}
              rx={6}
              className="fill-none stroke-2 stroke-staging"
            />
          )}
        </g>
      ))}
    </>
  );
}

/** Errors are drawn last, so that nothing hides them. */
const inFront = (marks: readonly Mark[]) =>
  marks.toSorted((a, b) => Number(groupOf(a) === 'errors') - Number(groupOf(b) === 'errors'));

type Place = (ms: number) => number;
const percent = (share: number) => `${share * 100}%`;
const span = (from: number, to: number, place: Place) => ({
  x: percent(place(from)),
  width: percent(Math.max(0, place(to) - place(from))),
});

/** Draws a mark. */
function shape(mark: Mark, top: number, place: Place): ReactNode {
  const box = { ...span(mark.from, mark.to, place), y: top + PAD, height: BAR };
  if (mark.kind === 'turn') {
    const wait = waitOf(mark);
    return (
      <>
        {wait && <rect {...box} {...span(wait.from, wait.to, place)} className="fill-amber" />}
        {/* The stroke makes short marks wide enough to see and click. */}
        <rect
          {...box}
          rx={4}
          className={
            mark.typed
              ? 'fill-card stroke-2 stroke-foreground'
              : 'fill-foreground stroke-2 stroke-foreground'
          }
        />
        {mark.interrupted && (
          <svg x={percent(place(mark.to))} y={top + PAD} overflow="visible" aria-hidden="true">
            <path
              d={`M-4 0 L0 ${BAR / 4} L-4 ${BAR / 2} L0 ${(3 * BAR) / 4} L-4 ${BAR} H1 V0 Z`}
              className="fill-destructive"
            />
          </svg>
        )}
      </>
    );
  }
  if (mark.kind === 'tool') {
    return (
      <rect
        {...box}
        y={top + 9}
        height={16}
        rx={3}
        className={
          mark.failed
            ? 'fill-destructive stroke-2 stroke-destructive'
            : 'fill-card stroke-2 stroke-muted-foreground'
        }
      />
    );
  }
  const middle = top + LANE_HEIGHT / 2;
  const wrong = groupOf(mark) === 'errors';
  return (
    <svg x={box.x} y={middle} overflow="visible" aria-hidden="true">
      <circle r={11} className="fill-transparent" />
      {wrong ? (
        <path d="M0 -9 L9 7 H-9 Z" className="fill-destructive" />
      ) : (
        <path d="M0 -7 L7 0 L0 7 L-7 0 Z" className="fill-card stroke-2 stroke-muted-foreground" />
      )}
    </svg>
  );
}
