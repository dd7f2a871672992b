// Events of a call for tests of its transcript, and the transcript as short lines.
import type { Line } from '@/lib/call/line';
import type { Side } from '@/lib/call/speaker';
import { EMPTY_TRANSCRIPT, type TranscriptEvent, takeIn, type Voice } from '@/lib/call/transcript';
import { linesOf } from '@/lib/call/transcript-lines';
import { randomNumbers } from '@/lib/core/random-numbers';

type Speech = Extract<TranscriptEvent, { kind: 'speech' }>;
export const voiceOf = (name: string): Voice => {
  const side: Side = name === 'you' ? 'you' : name === 'caller' ? 'person' : 'agent';
  return { side, by: `id-${name}`, name };
};
export const says = (
  name: string,
  segment: string,
  at: number,
  text: string,
  more: Partial<Speech> = {},
): Speech => ({
  kind: 'speech',
  voice: voiceOf(name),
  segment,
  at,
  text,
  stream: at,
  final: false,
  ...more,
});
export const signal = (
  id: string,
  at: number,
  it: Extract<TranscriptEvent, { kind: 'signal' }>['signal'],
  by = 'id-agent',
): TranscriptEvent => ({
  kind: 'signal',
  id,
  at,
  by,
  signal: it,
});
export const fold = (events: readonly TranscriptEvent[]) =>
  linesOf(events.reduce(takeIn, EMPTY_TRANSCRIPT));
export const shown = (lines: readonly Line[]) =>
  lines.map((line) =>
    line.kind === 'speech'
      ? `${line.voice.name}: ${line.text}${line.cut ? ` /${line.cut === 'lost' ? 'lost' : ''}` : ''}${line.final ? '' : ' …'}`
      : line.kind === 'tool'
        ? `(${line.label})`
        : line.kind === 'divider'
          ? `-- ${line.divider.what}`
          : `! ${line.text}`,
  );

/** A repeatable shuffle. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const out = [...items];
  const draw = randomNumbers(seed);
  for (let last = out.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    [out[last], out[other]] = [out[other] as T, out[last] as T];
  }
  return out;
}
