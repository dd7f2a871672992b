// The transcript as plain text for copying and saving, in the order shown.

import type { Divider } from '@/lib/call/dividers';
import type { Cut, Line } from '@/lib/call/line';
import { clock } from '@/lib/core/clock';
import { saidText, transcriptText as written } from '@/lib/core/transcript-text';

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
  readonly translate: (words: string) => string;
}

function lineText(line: Line, { you, cut, divider, translate }: Heading): string {
  switch (line.kind) {
    case 'tool':
      return `(${translate(line.label)}, ${Math.round(line.ms)} ms)`;
    case 'trouble':
      return `(${translate(line.text)})`;
    case 'divider':
      return `— ${divider(line.divider)} —`;
    case 'speech': {
      const name = line.voice.side === 'you' ? you : line.voice.name;
      return saidText(name, line.text, line.cut && cut[line.cut]);
    }
  }
}

/** The whole transcript with a heading. Times are relative to the call's start. */
export function transcriptText(lines: readonly Line[], heading: Heading): string {
  const { title, at, lengthMs, end } = heading;
  return written(
    { title, began: at.getTime(), facts: [`${clock(lengthMs)}. ${end}`] },
    lines.map((line) => ({ at: line.at, text: lineText(line, heading) })),
  );
}
