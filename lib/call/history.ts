// The transcript so far, as one page sends it to a participant who joins later, with the same lines from an outside
// view. The receiver validates it, because it comes from another browser.
import * as z from 'zod/mini';
import { type Line, line } from '@/lib/call/line';
import { jsonAs } from '@/lib/core/json';

/** Most lines that are sent, the newest. Our own choice: an hour of quick conversation. */
const LINES_MAX = 1_000;

const history = z.object({
  /** When this was written, in milliseconds since the call was connected. */
  at: z.number(),
  lines: z.array(line).check(z.maxLength(LINES_MAX)),
});
/** See the schema. */
export type History = z.infer<typeof history>;

/** A line from an outside view: "you" gets a name, if there is one, and unfinished lines are final. */
function fromOutside(one: Line, name: string): Line {
  if (one.kind !== 'speech') return one;
  const voice =
    one.voice.side === 'you' ? { ...one.voice, side: 'person' as const, name } : one.voice;
  return { ...one, voice, final: true };
}

/** Serializes the lines; `name` is the display name of this page's own person. */
export function writeHistory(lines: readonly Line[], at: number, name: string): string {
  const sent = lines.slice(-LINES_MAX).map((one) => fromOutside(one, name));
  return JSON.stringify({ at, lines: sent } satisfies History);
}

/** Parses what another page sent; undefined if it is invalid. */
export const readHistory = (sent: string): History | undefined => jsonAs(history, sent);
