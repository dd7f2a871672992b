// Terminal output of set-up and start: colors, and one line per step with its progress. On a terminal the line is
// updated in place; otherwise (log file, CI) a line is printed from time to time.

const out = process.stdout;
const coloured =
  !process.env.NO_COLOR && (Boolean(process.env.FORCE_COLOR) || (out.isTTY && out.hasColors()));
const style = (open, close) => (text) =>
  coloured ? `\u001b[${open}m${text}\u001b[${close}m` : `${text}`;

export const bold = style(1, 22);
export const dim = style(2, 22);
export const red = style(31, 39);
export const green = style(32, 39);
export const yellow = style(33, 39);
export const cyan = style(36, 39);

/** Whether output is colored. */
export const colours = coloured;

/** Milliseconds between the lines of a long step if lines cannot be updated. */
const PLAIN_EVERY_MS = 10_000;
/** Milliseconds between updates: fast enough for a percentage, slow enough not to flicker. */
const REDRAW_EVERY_MS = 100;

/** Formats milliseconds: "0.4 s", "12 s", "1 min 35 s". */
export function duration(ms) {
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs a step and shows it. `work` gets a function that reports progress ("43 %") and may return a note for the
 * finished line.
 * @throws what `work` throws, after the line was marked as failed
 */
export async function step(label, work) {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  let progress = '';
  let written = elapsed();
  const line = () =>
    `${label} … ${dim([progress, duration(elapsed())].filter(Boolean).join(', '))}`;
  const show = () => {
    written = elapsed();
    out.write(out.isTTY ? `\r\u001b[2K${line()}` : `${line()}\n`);
  };
  const every = out.isTTY ? REDRAW_EVERY_MS : PLAIN_EVERY_MS;
  const ticking = setInterval(() => elapsed() - written >= every && show(), every / 2);
  out.write(out.isTTY ? line() : `${label} …\n`);
  const finish = (text) => {
    clearInterval(ticking);
    out.write(`${out.isTTY ? '\r\u001b[2K' : ''}${text}\n`);
  };
  try {
    const note = await work((text) => {
      progress = text;
    });
    finish(`${label} ${green('✓')} ${dim([note, duration(elapsed())].filter(Boolean).join(', '))}`);
  } catch (error) {
    finish(`${label} ${red('✗')}`);
    throw error;
  }
}

/** Exits with an error message for the user, without a stack. */
export function giveUp(message) {
  process.stderr.write(`\n${red('Callboard cannot start.')}\n${message}\n\n`);
  process.exit(1);
}
