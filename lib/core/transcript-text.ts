// The one form of a transcript as plain text: as callers copy and save it, and as a call is exported.
import { clock } from '@/lib/core/clock';

/** What somebody said. `cut`: why the line ends early. */
export const saidText = (by: string, text: string, cut: string | false): string =>
  `${by}: ${text}${cut ? ` — (${cut})` : ''}`;

/**
 * A transcript with its heading.
 * @param began when the call began, in milliseconds since 1970
 * @param facts how long the call lasted, and how it ended
 * @param lines in order; `at`: milliseconds since the call began
 */
export function transcriptText(
  { title, began, facts }: { title: string; began: number; facts: readonly string[] },
  lines: readonly { readonly at: number; readonly text: string }[],
): string {
  const when = new Date(began).toISOString().slice(0, 16).replace('T', ' ');
  return [
    title,
    [`${when} UTC`, ...facts].join(', '),
    '',
    ...lines.map(({ at, text }) => `[${clock(at)}] ${text}`),
    '',
  ].join('\n');
}
