// The transcript as plain text, to copy and to keep: what stood on the screen, in the same order.
import { clock } from '@/lib/core/clock';
import type { Cut, Line } from './line';
import type { Divider } from './passages';

interface Heading {
  /** "Call with Ada (front-desk, staging)". */
  readonly title: string;
  /** When it began. */
  readonly at: Date;
  readonly lengthMs: number;
  /** How it ended, in words. */
  readonly end: string;
  /** What this page's own person is called. */
  readonly you: string;
  readonly cut: Readonly<Record<Cut, string>>;
  readonly divider: (divider: Divider) => string;
  /** What a worker tells, in the language of the page. */
  readonly told: (words: string) => string;
}

function lineText(line: Line, { you, cut, divider, told }: Heading): string {
  const time = `[${clock(line.at)}]`;
  switch (line.kind) {
    case 'tool':
      return `${time} (${told(line.label)}, ${Math.round(line.ms)} ms)`;
    case 'trouble':
      return `${time} (${told(line.text)})`;
    case 'divider':
      return `${time} — ${divider(line.divider)} —`;
    case 'speech': {
      const name = line.voice.side === 'you' ? you : line.voice.name;
      const end = line.cut ? ` — (${cut[line.cut]})` : '';
      return `${time} ${name}: ${line.text}${end}`;
    }
  }
}

/** The whole transcript with a heading; times are those of the call. */
export function transcriptText(lines: readonly Line[], heading: Heading): string {
  const when = heading.at.toISOString().slice(0, 16).replace('T', ' ');
  return [
    heading.title,
    `${when} UTC, ${clock(heading.lengthMs)}. ${heading.end}`,
    '',
    ...lines.map((line) => lineText(line, heading)),
    '',
  ].join('\n');
}
