// The table of faults as the README has it, made from what the test runs left. Plain Node.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withPart } from '../scripts/lib/readme-part.mjs';
import { covered } from './covered.mjs';
import { rows } from './rows.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Between these stands the table in the README. */
export const BEGIN = '<!-- faults: written by npm run faults:table -->';
export const END = '<!-- /faults -->';

/** @typedef {{ file: string, name: string, passed: boolean, seconds: number }} Result */

/**
 * The results in Vitest's JSON, with files as seen from `root`.
 * @param {{ testResults?: any[] }} run
 * @returns {Result[]}
 */
export function vitestResults({ testResults = [] }, root) {
  return testResults.flatMap(({ name: path, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, duration = 0, meta }) => ({
        file: path.slice(root.length + 1),
        name: fullName,
        passed: status === 'passed',
        seconds: meta?.seconds ?? duration / 1_000,
      })),
  );
}

/**
 * The results in Playwright's JSON.
 * @param {{ suites?: any[] }} run
 * @returns {Result[]}
 */
export function browserResults({ suites = [] }, folder = 'e2e') {
  const within = ({ specs = [], suites: inner = [] }, above) => [
    ...specs.map(({ file, title, ok, tests }) => ({
      file: `${folder}/${file}`,
      name: [...above, title].join(' '),
      passed: ok,
      seconds:
        Math.max(...tests.flatMap(({ results }) => results.map((one) => one.duration))) / 1_000,
    })),
    ...inner.flatMap((suite) => within(suite, [...above, suite.title])),
  ];
  return suites.flatMap((suite) => within(suite, []));
}

/** Files of this folder with the tests of a row, by its number. @returns {Map<number, string[]>} */
export function ownTests(folder = HERE) {
  const found = new Map();
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.test.ts'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, row] of text.matchAll(/\bfault\(\s*'(\d+) · /g)) {
      const files = found.get(Number(row)) ?? [];
      found.set(Number(row), [...new Set([...files, `faults/${name}`])]);
    }
  }
  return found;
}

/** What is to be found of a row among the results: file, and how the test's full name begins. */
function testsOf(row, own) {
  const mine = (own.get(row) ?? []).map((file) => [file, `${row} · `]);
  const others = (covered[row] ?? []).flatMap(([file, ...names]) =>
    names.map((one) => [file, one]),
  );
  return [...mine, ...others];
}

function verdict(wanted, results) {
  const found = wanted.map(([file, name]) =>
    results.filter((one) => one.file === file && one.name.startsWith(name)),
  );
  const all = found.flat();
  if (all.some(({ passed }) => !passed)) return { word: '**fails**', seconds: '' };
  if (found.some((each) => each.length === 0)) return { word: 'not run', seconds: '' };
  // Its own tests measure from the fault to what came of it.
  const measured = all.filter(({ file }) => file.startsWith('faults/'));
  const from = measured.length > 0 ? measured : all;
  return { word: 'passes', seconds: Math.max(...from.map((one) => one.seconds)).toFixed(1) };
}

/** A route is known by its address, everything else by its file's name. */
const label = (file) =>
  file.match(/^app(\/api\/.+)\/route\.test\.ts$/)?.[1] ??
  basename(file).replace(/\.(test|spec)\.\w+$/, '');
const link = (file) => `[${label(file)}](${file})`;

/** The table in Markdown. @param {Result[]} results */
export function tableOf(results, own = ownTests()) {
  const lines = rows.map(({ row, fault, must }) => {
    const wanted = testsOf(row, own);
    const { word, seconds } = verdict(wanted, results);
    const files = [...new Set(wanted.map(([file]) => file))].map(link).join(', ');
    return `| ${row} | ${fault} | ${must} | ${word} | ${seconds} | ${files} |`;
  });
  return [
    '| | fault | what must come of it | result | seconds | test |',
    '|---|---|---|---|---|---|',
  ]
    .concat(lines)
    .join('\n');
}

/** A README with the table in its place. @throws where it has none */
export function withTable(readme, table) {
  return withPart(readme, { begin: BEGIN, end: END }, table);
}
