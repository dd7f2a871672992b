// The list of agents that the build writes, from files in another folder. The agents of this one: agents.test.ts.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { listText, updateAgentList } from './agent-list';

const ANN = {
  name: 'ann',
  person: 'Ann',
  role: 'first',
  summary: 'Says hello',
  voice: 'slt',
  deployments: ['production', 'staging'] as [string, ...string[]],
  handOver: 'same',
};
const BEN = { ...ANN, name: 'ben', person: 'Ben', deployments: ['production'] as [string] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-agents-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  write(BEN);
});
const list = () => join(folder, 'list');
const write = (...agents: Parameters<typeof listText>[0]) =>
  writeFileSync(list(), listText(agents));
/** Adds an agent's file, source and built. */
function add(name: string, built: string): void {
  writeFileSync(join(folder, `${name}.ts`), '');
  writeFileSync(join(folder, `${name}.js`), built);
}
const declares = (agent: object) =>
  `export default { entry() {}, definition: { ...${JSON.stringify(agent)}, tools: () => [] } };`;
const update = () => updateAgentList({ sources: folder, built: folder, list: list() });
const written = () => readFileSync(list(), 'utf8');

it('keeps the order, adds new agents, updates changed ones, and is not written again', async () => {
  add('ben', declares({ ...BEN, role: 'second' }));
  add('ann', declares(ANN));
  // Its own entry is in the catalogue.
  add('letta', declares({ ...ANN, name: 'letta' }));
  writeFileSync(join(folder, 'ann.test.ts'), '');
  expect(await update()).toBe(true);
  expect(written()).toBe(listText([{ ...BEN, role: 'second' }, ANN]));
  const { mtimeNs } = statSync(list(), { bigint: true });
  expect(await update()).toBe(false);
  expect(statSync(list(), { bigint: true }).mtimeNs).toBe(mtimeNs);
});

it('removes an agent whose file is gone, and replaces what something else wrote', async () => {
  add('ann', declares(ANN));
  await update();
  expect(written()).toBe(listText([ANN]));
  writeFileSync(list(), '<<<<<<< HEAD');
  await update();
  expect(written()).toBe(listText([ANN]));
});

it('keeps an agent that cannot be loaded', async () => {
  add('ann', declares(ANN));
  add('ben', "throw new Error('no key');");
  await update();
  expect(written()).toBe(listText([BEN, ANN]));
});

it.each<[string, string, string]>([
  ['an agent without role', declares({ ...ANN, role: undefined }), 'role is missing.'],
  ['empty text', declares({ ...ANN, summary: ' ' }), 'summary must not be empty.'],
  ['a number', declares({ ...ANN, voice: 1 }), 'voice must be text.'],
  [
    'no deployment',
    declares({ ...ANN, deployments: [] }),
    'deployments must be a list of one or more names.',
  ],
  [
    'one deployment as text',
    declares({ ...ANN, deployments: 'production' }),
    'deployments must be a list of one or more names.',
  ],
  [
    'a deployment that LiveKit refuses',
    declares({ ...ANN, deployments: ['a_b'] }),
    'deployments must have names of 1 to 63 letters, digits, "-" or ".", with a letter or digit at both ends.',
  ],
  ['another name', declares(BEN), 'name must be that of the file, "ann". It is "ben".'],
  ['no agent', 'export default {};', 'has no agent: its default export must be callJob(…).'],
  ['no default export', '', 'has no agent: its default export must be callJob(…).'],
  ['an error', "throw new Error('no key');", 'cannot be loaded: no key'],
  ['a syntax error', 'export default {', 'cannot be loaded: Unexpected end of input'],
])('refuses %s', async (_, built, fault) => {
  add('ann', built);
  add('ben', declares(BEN));
  await expect(update()).rejects.toThrow(new Error(`agent/agents/ann.ts ${fault}`));
  expect(written()).toBe(listText([BEN]));
});

it('says every fault, and what a process said that ended', async () => {
  add('ann', declares({ ...ANN, role: undefined, voice: undefined }));
  await expect(update()).rejects.toThrow(/ann.ts role is missing\.\n.*ann.ts voice is missing\.$/);
  add('ann', "console.error('no licence'); process.exit(1);");
  await expect(update()).rejects.toThrow(/cannot be loaded\.\nno licence$/);
  rmSync(join(folder, 'ann.ts'));
  await expect(update()).rejects.toThrow('agent/agents/ has no agent.');
});
