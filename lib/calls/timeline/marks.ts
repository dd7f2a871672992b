// What is drawn on a call's time axis: turns, tools, and all else as moments.
import type { Mark } from '../call';
import { type Clocks, corrected } from './clock';
import { compareText, type Placed, rankOf } from './order';

function markOf({ event, at }: Placed, clocks: Clocks): Mark {
  const { what, id, source } = event;
  if (what.kind === 'turn') {
    const from = corrected(what.startedAt, event, clocks);
    const { speaker, by, text, typed = false, interrupted = false, latency = {} } = what;
    const to = Math.max(from, corrected(what.endedAt, event, clocks));
    return { kind: 'turn', id, from, to, speaker, by, text, typed, interrupted, latency };
  }
  if (what.kind === 'tool') {
    const { tool, label, args, result, failed } = what;
    const from = at - Math.round(what.ms);
    return { kind: 'tool', id, from, to: at, tool, label, args, result, failed };
  }
  return { kind: 'event', id, from: at, to: at, what, source };
}

const rank = (mark: Mark) => rankOf(mark.kind === 'event' ? mark.what.kind : mark.kind);

/** The marks in order, in milliseconds from `zero`; negative for what was before it. */
export function marksOf(placed: readonly Placed[], clocks: Clocks, zero: number): Mark[] {
  return placed
    .map((one) => markOf(one, clocks))
    .map((mark) => ({ ...mark, from: mark.from - zero, to: mark.to - zero }))
    .sort((a, b) => a.from - b.from || rank(a) - rank(b) || compareText(a.id, b.id));
}
