// The agent's words under its light. Hidden from screen readers: the transcript has the same words.
import type { Line } from '@/lib/call/line';

/** Words of a line that fit under the light. */
const WORDS = 18;

export function Caption({
  lines,
  speaking,
}: {
  readonly lines: readonly Line[];
  readonly speaking: boolean;
}) {
  const last = lines.findLast((line) => line.kind === 'speech' && line.voice.side === 'agent');
  // Who speaks now is not who was cut off by being lost.
  const said = speaking && last?.kind === 'speech' && last.cut !== 'lost' ? last.text : '';
  return (
    <p
      aria-hidden="true"
      className="mt-3 min-h-[3.2em] max-w-[34rem] text-balance text-center text-[18px] leading-relaxed"
    >
      {said.split(/\s+/).slice(-WORDS).join(' ')}
    </p>
  );
}
