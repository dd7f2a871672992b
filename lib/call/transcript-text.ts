// The transcript as plain text for copying and saving, in the order shown.
import { clock } from '@/lib/core/clock';
import type { Divider } from './dividers';
import type { Cut, Line } from './line';

interface Heading {
  /** "Call with Ada (front-desk, staging)". */
  readonly title: string;
  /** When the call began. */
  readonly at: Date;
  readonly lengthMs: number;
  /** How the call ended. */
  readonly end: string;
  /** The name of this page's own person. */
  readonly you: string;
  readonly cut: Readonly<Record<Cut, string>>;
  readonly divider: (divider: Divider) => string;
  /** Translates a worker's text into the page's language. */
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

/** The whole transcript with a heading. Times are relative to the call's start. */
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
