// Tables for the terminal: columns as wide as their contents, without empty ones. Untrusted text (names, metadata) cannot
// move the cursor or change colors.
import { bold } from './terminal.mjs';

/** Maximum characters of a cell; longer ones are truncated. */
const CELL_MAX = 60;

function cell(value) {
  const text = String(value ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
  return text.length > CELL_MAX ? `${text.slice(0, CELL_MAX - 1)}…` : text;
}

/**
 * @param columns titles
 * @param rows arrays of values in the order of the columns; null and undefined are empty
 */
export function table(columns, rows) {
  const texts = rows.map((row) => row.map(cell));
  const used = columns.map((_, at) => at).filter((at) => texts.some((row) => row[at] !== ''));
  const width = (at) => Math.max(columns[at].length, ...texts.map((row) => row[at].length));
  const line = (row) =>
    used
      .map((at) => row[at].padEnd(width(at)))
      .join('  ')
      .trimEnd();
  return [bold(line(columns)), ...texts.map(line)].join('\n');
}
