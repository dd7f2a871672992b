// The lines of a transcript: each once, in its place, with its speaker, marked if it was interrupted or has a response
// latency. Lines are keyed by segment, and sorted by the time their first stream was opened.

import { median } from 'es-toolkit';
import type { Line, SpokenLine } from '@/lib/call/line';
import type { Transcript, TranscriptEvent } from '@/lib/call/transcript';
import { isBlank } from '@/lib/core/blank';

type Heard = Extract<TranscriptEvent, { kind: 'signal' }>;
type Speech = Extract<TranscriptEvent, { kind: 'speech' }>;
type Marks = Partial<SpokenLine>;

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether a line belongs to the agent that sent a signal. */
const isBy = (line: SpokenLine, { by }: Heard) =>
  line.voice.side === 'agent' && line.voice.by === by;

/** The agent's line that was interrupted: the last one before the signal that shares its words. */
function cutLine(lines: readonly SpokenLine[], cut: Heard): SpokenLine | undefined {
  if (cut.signal.kind !== 'interrupted') return undefined;
  const last = lines.filter((line) => isBy(line, cut) && line.at <= cut.at).at(-1);
  const said = plain(cut.signal.text);
  if (!last || said === '') return last?.final === false ? last : undefined;
  const shown = plain(last.text);
  return shown.startsWith(said) || said.startsWith(shown) ? last : undefined;
}

/**
 * Milliseconds by which a line may be opened after the signal of its first audio: text and signals travel in parallel.
 */
const SIDE_BY_SIDE_MS = 80;

/**
 * The agent's line to which a first-audio signal belongs. The signal may arrive at the line's start or end, so it belongs
 * to the last started line without a latency, or else to the next one.
 */
function answerLine(
  lines: readonly SpokenLine[],
  heard: Heard,
  known: ReadonlyMap<string, Marks>,
): SpokenLine | undefined {
  const open = lines.filter(
    (line) => isBy(line, heard) && known.get(line.key)?.answeredMs === undefined,
  );
  const begun = open.filter((line) => line.at <= heard.at + SIDE_BY_SIDE_MS);
  return begun.at(-1) ?? open[0];
}

/** The order of lines in the same millisecond: causes before responses. */
function rank(line: Line): number {
  if (line.kind !== 'speech') return 1;
  return line.voice.side === 'agent' ? 2 : 0;
}

const inOrder = (a: Line, b: Line) =>
  a.at - b.at || rank(a) - rank(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** How a line ends. A lost agent breaks off its own line, and leaves others' unfinished. */
function ending(
  { at, voice, final, broken }: Speech,
  lost: Transcript['lost'],
): Pick<SpokenLine, 'final' | 'cut'> {
  if (final && !broken) return { final, cut: false };
  if (voice.side === 'agent') {
    const brokenOff = at <= (lost.get(voice.by) ?? Number.NEGATIVE_INFINITY);
    return { final: final || brokenOff, cut: brokenOff && 'lost' };
  }
  // The agent that hears people also transcribes them.
  return { final: final || [...lost.values()].some((time) => at <= time), cut: false };
}

function spokenLines(transcript: Transcript): SpokenLine[] {
  const said = [...transcript.speech.values()]
    .filter((event) => !isBlank(event.text))
    .map((event): SpokenLine => {
      const { segment: key, at, voice, text } = event;
      const end = ending(event, transcript.lost);
      return { kind: 'speech', key, at, voice, text: text.trim(), typed: false, ...end };
    });
  const typed = [...transcript.typed.values()].map(
    ({ id, at, voice, text, pressed }): SpokenLine => {
      const words = { text, final: true, typed: true, pressed, cut: false } as const;
      return { kind: 'speech', key: id, at, voice, ...words };
    },
  );
  return [...said, ...typed].sort(inOrder);
}

/** The lines that this page observed itself, in order. */
function ownLines(transcript: Transcript): Line[] {
  const spoken = spokenLines(transcript);
  const marks = new Map<string, Marks>();
  const mark = (line: SpokenLine | undefined, what: Marks) => {
    if (line) marks.set(line.key, { ...marks.get(line.key), ...what });
  };
  const rows: Line[] = [...transcript.dividers.values()].map(({ id, at, divider }) => {
    return { kind: 'divider', key: id, at, divider };
  });
  const signals = [...transcript.signals.values()].sort((a, b) => a.at - b.at);
  for (const heard of signals) {
    const { signal } = heard;
    if (signal.kind === 'interrupted') {
      const text = signal.text.trim();
      mark(cutLine(spoken, heard), { cut: 'interrupted', final: true, ...(text && { text }) });
    } else if (signal.kind === 'answered') {
      mark(answerLine(spoken, heard, marks), { answeredMs: signal.ms });
    } else if (signal.kind === 'tool') {
      const { id: _, ...tool } = signal;
      rows.push({ ...tool, key: heard.id, at: heard.at });
    } else {
      rows.push({ kind: 'trouble', key: heard.id, at: heard.at, text: signal.text });
    }
  }
  const lines = [...spoken.map((line) => ({ ...line, ...marks.get(line.key) })), ...rows];
  return lines.sort(inOrder).filter((line, at, all) => !isRepeated(line, all[at - 1]));
}

/** Whether it says what went wrong in the words of the line before: each sentence of an answer can fail by itself. */
const isRepeated = (line: Line, before: Line | undefined) =>
  line.kind === 'trouble' && before?.kind === 'trouble' && line.text === before.text;

/** Milliseconds that the call had lasted when this page connected. Lines and the timer count from the call's start. */
export const begunBefore = ({ history }: Transcript): number =>
  history ? history.history.at - history.at : 0;

/** The lines to show, in order: earlier ones from the history, then this page's own. */
export function linesOf(transcript: Transcript): Line[] {
  const own = ownLines(transcript);
  if (!transcript.history) return own;
  const { history } = transcript.history;
  const shift = begunBefore(transcript);
  const keys = new Set(own.map(({ key }) => key));
  // A line that was unfinished in the history is heard again to its end.
  const before = history.lines
    .filter((line) => line.kind !== 'speech' || !keys.has(line.key))
    .map((line) => (line.kind === 'speech' ? line : { ...line, key: `before-${line.key}` }));
  return [...before, ...own.map((line) => ({ ...line, at: line.at + shift }))];
}

/** The median response latency in milliseconds, undefined without responses. */
export function usualAnswer(lines: readonly Line[]): number | undefined {
  const times = lines.flatMap((line) => (line.kind === 'speech' ? (line.answeredMs ?? []) : []));
  return times.length === 0 ? undefined : median(times);
}
