// The transcript as plain text for copying and saving, in the order shown.

import type { Line } from '@/lib/call/line';
import { dividerText, speakerText } from '@/lib/call/words';
import { clock } from '@/lib/core/clock';
import { duration } from '@/lib/core/figures';
import { saidText, transcriptText as written } from '@/lib/core/transcript-text';
import type { Translate } from '@/lib/messages/messages';

interface Heading {
  /** "Call with Ada (front-desk, staging)". */
  readonly title: string;
  /** When the call began. */
  readonly at: Date;
  readonly lengthMs: number;
  /** How the call ended. */
  readonly end: string;
  readonly t: Translate<'call'>;
  readonly locale: string;
  /** Translates a worker's text into the page's language. */
  readonly translate: (words: string) => string;
}

function lineText(line: Line, { t, locale, translate }: Heading): string {
  switch (line.kind) {
    case 'tool':
      return `(${translate(line.label)}, ${duration(line.ms, locale)})`;
    case 'trouble':
      return `(${translate(line.text)})`;
    case 'divider':
      return `— ${dividerText(t, line.divider)} —`;
    case 'speech':
      return saidText(
        speakerText(t, line.voice),
        line.text,
        line.cut && t(`transcript.cut.${line.cut}`),
      );
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
