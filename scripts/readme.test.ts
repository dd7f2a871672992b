// Every command in the README and docs is run by a test: full/start.spec.ts and the set-up of browser tests (npm start,
// npm run dev), full/parts.spec.ts (each part), the tests of this folder (dispatch, doctor, rollout, voices),
// calls/simulations.spec.ts (npm run simulate), .ci/run (npm run test:faults), and this run itself (npm test).
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';

const RUN_BY_TESTS = [
  'npm start',
  'npm test',
  'npm run dispatch -- agents',
  'npm run dispatch -- agents add my-agent --deployment production --deployment staging',
  'npm run dispatch -- create support-1 --agent line-check --deployment staging',
  'npm run dispatch -- list support-1',
  'npm run dispatch -- end support-1 --reason "We close at six today."',
  'npm run simulate -- --list',
  'npm run simulate -- basic --at-once 3',
  'npm run doctor',
  'npm run doctor -- --room support-1',
  'npm run doctor -- --agent my-agent',
  'npm run rollout -- start front-desk --steps 5,25,50,100',
  'npm run rollout -- status front-desk',
  'npm run rollout -- next front-desk',
  'npm run voices -- list',
  'npm run voices -- add kokoro',
  'npm run voices -- use kokoro',
  'npm run dev',
  'npm run livekit',
  'npm run speech',
  'npm run web',
  'npm run agent -- --deployment staging',
];
/**
 * What docs/front-ends.md makes and installs: its code and its settings are tested, packages of others are not. Without
 * `--yes`, npm would ask, and take the next pasted line for the answer.
 */
const OF_OTHERS = /^npm (create --yes vite|install livekit-client)@/;

test('every npm command in a code block of the README or docs is run by a test', () => {
  const root = new URL('../', import.meta.url);
  const pages = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'));
  const commands = ['README.md', ...pages.map((name) => `docs/${name}`)].flatMap((path) =>
    [...readFileSync(new URL(path, root), 'utf8').matchAll(/^```sh\n(.*?)^```/gms)].flatMap(
      ([, block]) => (block ?? '').trim().split('\n'),
    ),
  );
  const ours = commands.filter((one) => one.startsWith('npm ') && !OF_OTHERS.test(one));
  expect([...new Set(ours)].sort()).toEqual(RUN_BY_TESTS.sort());
});

test('the README is short', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme.split('\n').length).toBeLessThanOrEqual(150);
});

test('AGENTS.md is short, its programs and files are there, and a test is run as it says', async () => {
  const page = readFileSync(new URL('../AGENTS.md', import.meta.url), 'utf8');
  expect(page.split('\n').length).toBeLessThan(60);
  const commands = [...page.matchAll(/^\| `(npx [^`]+)`/gm)].map(([, command = '']) =>
    command.split(' ').slice(1),
  );
  for (const [name, ...words] of commands) {
    const files = [`node_modules/.bin/${name}`, ...words.filter((word) => word.includes('/'))];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  }
  const { PATH, HOME } = process.env;
  const one = commands.find((words) => words.includes('-t')) ?? [];
  const { stdout } = await promisify(execFile)('npx', one, {
    env: { NODE_ENV: 'test', PATH, HOME },
  });
  expect(stripVTControlCharacters(stdout)).toMatch(/Tests +\d+ passed/);
});
