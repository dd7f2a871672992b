// Terminal output: colors, tables, and one line per step with its progress. On a terminal the line is updated in place;
// otherwise (log file, CI) a line is printed from time to time.
import { styleText } from 'node:util';
import { englishDuration } from '@/lib/core/figures';
import { oneLine } from '@/lib/core/log';

const out = process.stdout;
const style = (name: Parameters<typeof styleText>[0]) => (text: string) => styleText(name, text);

export const bold = style('bold');
export const dim = style('dim');
export const red = style('red');
export const green = style('green');
export const yellow = style('yellow');
export const cyan = style('cyan');
/** Whether output is colored. */
export const colored = bold('x') !== 'x';

/** Milliseconds between the lines of a long step if lines cannot be updated. */
const PLAIN_EVERY_MS = 10_000;
/** Milliseconds between updates: fast enough for a percentage, slow enough not to flicker. */
const REDRAW_EVERY_MS = 100;

/** ISO 8601 in whole seconds. @param at as a `Date` takes it */
export const wholeSeconds = (at: number | string): string =>
  new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** Reports progress: "43 %". */
export type Say = (progress: string) => void;
/** The work of a step; it may return a note for the finished line. */
export type Work = (say: Say) => Promise<string | undefined> | Promise<void>;

/**
 * Runs a step and shows it.
 * @throws what `work` throws, after the line was marked as failed
 */
export async function step(label: string, work: Work): Promise<void> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  let progress = '';
  let written = elapsed();
  const line = () =>
    `${label} … ${dim([progress, englishDuration(elapsed())].filter(Boolean).join(', '))}`;
  const show = () => {
    written = elapsed();
    out.write(out.isTTY ? `\r\u001b[2K${line()}` : `${line()}\n`);
  };
  const every = out.isTTY ? REDRAW_EVERY_MS : PLAIN_EVERY_MS;
  const ticking = setInterval(() => elapsed() - written >= every && show(), every / 2);
  out.write(out.isTTY ? line() : `${label} …\n`);
  const finish = (text: string) => {
    clearInterval(ticking);
    out.write(`${out.isTTY ? '\r\u001b[2K' : ''}${text}\n`);
  };
  try {
    const note = await work((text) => {
      progress = text;
    });
    finish(
      `${label} ${green('✓')} ${dim([note, englishDuration(elapsed())].filter(Boolean).join(', '))}`,
    );
  } catch (error) {
    finish(`${label} ${red('✗')}`);
    throw error;
  }
}

/** Exits with an error message for the user, without a stack. */
export function giveUp(message: string): never {
  process.stderr.write(`\n${red('Callboard cannot start.')}\n${message}\n\n`);
  process.exit(1);
}

/** Maximum characters of a cell; longer ones are truncated. */
const CELL_MAX = 60;

/** Untrusted text (names, metadata, errors) on one line: control characters could move the cursor or change colors. */
export const printable = (value: unknown): string => oneLine(String(value ?? ''));

/** Escape codes for colors and styles, but not for hidden text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with ESC.
const COLORS = /(\u001b\[(?:[0-79]|[2-49]\d|10[0-7]|[34]8;[25];[\d;]{1,11})?m)/;

/** Text with lines and colors, but without other control characters: a caller or a server may have sent part of it. */
export const shownText = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .split(COLORS)
        .map((part, at) => (at % 2 === 1 ? part : oneLine(part)))
        .join(''),
    )
    .join('\n');

function cell(value: unknown): string {
  const text = printable(value);
  return text.length > CELL_MAX ? `${text.slice(0, CELL_MAX - 1)}…` : text;
}

/**
 * A table, with columns as wide as their contents and without empty ones.
 * @param columns titles
 * @param rows values in the order of the columns; null and undefined are empty
 */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const texts = rows.map((row) => row.map(cell));
  const used = columns.flatMap((title, at) => {
    const cells = [title, ...texts.map((row) => row[at] ?? '')];
    if (cells.slice(1).every((text) => text === '')) return [];
    const width = Math.max(...cells.map((text) => text.length));
    return [cells.map((text) => text.padEnd(width))];
  });
  const lines = [columns, ...rows].map((_, at) =>
    used
      .map((cells) => cells[at])
      .join('  ')
      .trimEnd(),
  );
  return [bold(lines[0] ?? ''), ...lines.slice(1)].join('\n');
}
