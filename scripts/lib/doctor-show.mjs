// How the doctor's findings look on a terminal: a mark and a word, what was seen, and what to do.
import { bold, dim, duration, green, red, yellow } from './say.mjs';

const MARKS = {
  ok: green('✓ well   '),
  warn: yellow('! look   '),
  fail: red('✗ broken '),
  unknown: dim('? unknown'),
};

/** What strangers wrote (names, errors) cannot move the cursor or change colours. */
const plain = (text) => String(text ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');

/** One finding as lines. */
export function findingLines(finding, { evidence = false } = {}) {
  const { state, title, seen, matters, todo, ms, stages = [] } = finding;
  const indent = ' '.repeat(11);
  const steps = stages.map(({ name, ms: at }) => `${plain(name)} ${Math.round(at)}`).join(' · ');
  const lines = [
    `${MARKS[state] ?? MARKS.unknown}  ${bold(plain(title))}${ms === undefined ? '' : dim(`  ${Math.round(ms)} ms`)}`,
    `${indent}${plain(seen)}`,
  ];
  if (steps) lines.push(`${indent}${dim(`${steps} ms`)}`);
  if (state !== 'ok') {
    if (matters) lines.push(`${indent}${dim(plain(matters))}`);
    if (todo) lines.push(`${indent}${bold('→')} ${plain(todo)}`);
  }
  if (evidence) for (const one of finding.evidence ?? []) lines.push(`${indent}${dim(plain(one))}`);
  return lines.join('\n');
}

/** The whole in one line. */
export function summary({ state, ms, findings }) {
  const count = (wanted) => findings.filter((one) => one.state === wanted).length;
  const parts = [
    [count('fail'), 'broken'],
    [count('warn'), 'to look at'],
    [count('unknown'), 'not known'],
    [count('ok'), 'well'],
  ];
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
  const colour = { ok: green, warn: yellow, fail: red }[state] ?? dim;
  return `\n${colour(said)}${dim(` in ${duration(ms)}`)}`;
}
