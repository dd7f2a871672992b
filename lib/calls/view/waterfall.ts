// What an answer of an agent waited for: the spans that LiveKit's framework measures, as the bars of a picture below the
// answer. Pure; `components/calls/turn-waterfall.tsx` draws it.
import type { Mark, Timeline } from '@/lib/calls/call';
import type { EventSpan } from '@/lib/calls/event';
import { isTurn } from '@/lib/calls/view/picture';

/** The bars from top to bottom, with LiveKit's names of their spans. The end of a turn is in {@link endOfTurn}. */
const SPANS = {
  user: 'user_speaking',
  model: 'llm_node',
  tool: 'function_tool',
  speech: 'tts_node',
  voice: 'agent_speaking',
} as const;

/** A bar. Milliseconds since the request. */
export interface Bar {
  /** Also `endOfTurn`: from the end of speech to the decision that the caller has finished. */
  readonly kind: keyof typeof SPANS | 'endOfTurn';
  /** Id of its span. */
  readonly id: string;
  /** The model or the tool, if it is known. */
  readonly what: string | undefined;
  readonly from: number;
  readonly to: number;
  /** When its first token or audio was there, if that was measured. */
  readonly firstAt: number | undefined;
  readonly failed: boolean;
}

/** Milliseconds of speech shown before and after a wait: how long people talk is not what the picture is about. Our own choice. */
const SPEECH_MS = 1_000;

/** A span in milliseconds since the request. */
type Placed = Omit<EventSpan, 'startedAt' | 'endedAt'> & Pick<Bar, 'from' | 'to'>;

/** The spans of a call in the order of their starts, each once. */
function spansIn({ call, marks }: Timeline): Placed[] {
  const spans = marks.flatMap((mark) =>
    mark.kind === 'event' && mark.what.kind === 'spans' ? mark.what.spans : [],
  );
  const byId = new Map(spans.map((span) => [span.id, span]));
  return [...byId.values()]
    .map(({ startedAt, endedAt, ...span }) => {
      const from = startedAt - call.requestedAt;
      return { ...span, from, to: Math.max(from, endedAt - call.requestedAt) };
    })
    .sort((a, b) => a.from - b.from);
}

/**
 * When the work on each turn began. It began with what the user said since the turn before, or with the last
 * `agent_turn` if the agent speaks first or goes on.
 */
function beginnings(turns: readonly Mark[], spans: readonly Placed[]): number[] {
  return turns.map((turn, index) => {
    const before = turns[index - 1];
    const since = spans.filter(
      ({ from }) => from < turn.from && from >= (before?.from ?? Number.NEGATIVE_INFINITY),
    );
    const last = (name: string) => since.findLast((span) => span.name === name)?.from;
    const user = [last('user_turn'), last('user_speaking')].filter((from) => from !== undefined);
    if (user.length > 0) return Math.min(...user);
    return last('agent_turn') ?? before?.to ?? Number.NEGATIVE_INFINITY;
  });
}

/** When the work began that a span is part of: an answer in progress is not part of the next turn. */
function rootStart(span: Placed, byId: ReadonlyMap<string, Placed>): number {
  const seen = new Set<string>();
  for (
    let one: Placed | undefined = span;
    one && !seen.has(one.id);
    one = byId.get(one.parent ?? '')
  ) {
    if (one.name === 'agent_turn') return one.from;
    seen.add(one.id);
  }
  return span.from;
}

/** From the end of speech to the end of the user's turn; without a `user_turn`, the time of the turn detector. */
function endOfTurn(spans: readonly Placed[], user: Bar | undefined): Bar[] {
  const turn = spans.findLast(({ name }) => name === 'user_turn');
  const span = turn && user ? { ...turn, from: user.to } : undefined;
  const found = span ?? spans.findLast(({ name }) => name === 'eou_detection');
  if (!found || found.to < found.from) return [];
  return [barOf('endOfTurn', found)];
}

function barOf(kind: Bar['kind'], { id, what, from, to, firstMs, failed }: Placed): Bar {
  const firstAt = firstMs === undefined ? undefined : from + firstMs;
  return { kind, id, what, from, to, firstAt, failed: failed ?? false };
}

/** The bars of a turn from its spans, which are in order. */
function barsOf(turn: Mark, spans: readonly Placed[]): Bar[] {
  // Speech during the answer, such as an "mhm", is not what was answered.
  const before = spans.filter(({ from }) => from < turn.from);
  const of = (kind: keyof typeof SPANS, among = spans) =>
    among.filter(({ name }) => name === SPANS[kind]).map((span) => barOf(kind, span));
  // LiveKit sends one of no length for some typed turns.
  const user = of('user', before).filter(({ from, to }) => to > from);
  const work = [...of('model'), ...of('tool')].sort((one, other) => one.from - other.from);
  return [...user, ...endOfTurn(before, user.at(-1)), ...work, ...of('speech'), ...of('voice')];
}

/**
 * The bars of each turn of an agent, by the id of its mark; turns without measurements are left out. `tts_node` and
 * `agent_speaking` may be outside of their `agent_turn`, so a span without one is placed by its time.
 */
export function waterfalls(timeline: Timeline): ReadonlyMap<string, readonly Bar[]> {
  const spans = spansIn(timeline);
  const byId = new Map(spans.map((span) => [span.id, span]));
  const turns = timeline.marks.filter(isTurn).filter(({ speaker }) => speaker === 'agent');
  const begins = beginnings(turns, spans);
  const owners = spans.map((span) => {
    const start = rootStart(span, byId);
    const turn = turns[begins.findLastIndex((begin) => begin <= start)];
    return turn && span.from < turn.to ? turn : undefined;
  });
  const bars = turns.map((turn): [string, readonly Bar[]] => [
    turn.id,
    barsOf(
      turn,
      spans.filter((_, index) => owners[index] === turn),
    ),
  ]);
  return new Map(bars.filter(([, { length }]) => length > 0));
}

/** The part of the time that the picture shows. */
export interface Frame {
  readonly from: number;
  readonly to: number;
  /** The end of the user's speech, from which waiting counts; without speech, the beginning. */
  readonly zero: number;
}

/** The frame of bars: all of the work, and of speech no more than {@link SPEECH_MS}. */
export function frameOf(bars: readonly Bar[]): Frame {
  const said = bars.findLast(({ kind }) => kind === 'user');
  const voice = bars.find(({ kind }) => kind === 'voice');
  const work = bars.filter(
    ({ kind }) => kind === 'model' || kind === 'tool' || kind === 'endOfTurn',
  );
  const first = Math.min(...bars.map(({ from }) => from));
  const last = Math.max(...bars.map(({ to }) => to));
  const zero = said?.to ?? first;
  // Work may begin while the user speaks, and go on while the agent does.
  const from = said
    ? Math.max(first, Math.min(said.to - SPEECH_MS, ...work.map((one) => one.from)))
    : first;
  const to = voice
    ? Math.min(last, Math.max(voice.from + SPEECH_MS, ...work.map((one) => one.to)))
    : last;
  return { from, to: Math.max(to, from + 1), zero };
}
