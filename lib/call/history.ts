// The transcript so far, as one page gives it to another that comes later: the same lines, told from
// outside. What arrives is another browser's and is checked before it is shown.
import { z } from 'zod';
import { type Line, line } from './line';

/** Most lines that are passed on, the newest. Our own choice: an hour of quick talk. */
const LINES_MAX = 1_000;

const history = z.object({
  /** Milliseconds since the call was connected, when this was written. */
  at: z.number(),
  lines: z.array(line).max(LINES_MAX),
});
/** See the schema. */
export type History = z.infer<typeof history>;

/** A line as another sees it: "you" is `name` there, and what is still being said ends here. */
function fromOutside(one: Line, name: string): Line {
  if (one.kind !== 'speech') return one;
  const voice =
    one.voice.side === 'you' ? { ...one.voice, side: 'person' as const, name } : one.voice;
  return { ...one, voice, final: true };
}

/** The text to send; `name` is what this page's own person is called elsewhere. */
export function writeHistory(lines: readonly Line[], at: number, name: string): string {
  const told = lines.slice(-LINES_MAX).map((one) => fromOutside(one, name));
  return JSON.stringify({ at, lines: told } satisfies History);
}

/** What another page sent, or undefined where it is not a transcript. */
export function readHistory(sent: string): History | undefined {
  try {
    return history.safeParse(JSON.parse(sent)).data;
  } catch {
    return undefined;
  }
}
