// The list of agents that the build writes, from files in another folder. The agents of this one: agents.test.ts.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { agentList, type Found, listText, updateAgentList } from './agent-list';

const ANN = {
  name: 'ann',
  person: 'Ann',
  role: 'first',
  summary: 'Says hello',
  voice: 'slt',
  deployments: ['production', 'staging'] as [string, ...string[]],
  handOff: 'same',
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

const GOLD = { gold: { label: { en: 'gold', de: 'Gold' }, tone: 'good' } } as const;

it('has the outcomes of each agent, in its order', async () => {
  const outcomes = { silver: { ...GOLD.gold, tone: 'neutral' }, ...GOLD } as const;
  add('ann', declares({ ...ANN, outcomes }));
  add('ben', declares({ ...BEN, outcomes: GOLD }));
  await update();
  expect(written()).toBe(
    listText([
      { ...BEN, outcomes: GOLD },
      { ...ANN, outcomes },
    ]),
  );
});

it('refuses an outcome that two agents, or Callboard itself, declare differently', () => {
  const other = { gold: { ...GOLD.gold, tone: 'bad' } };
  const files = new Map([
    ['ann', { declared: { ...ANN, outcomes: GOLD } }],
    ['ben', { declared: { ...BEN, outcomes: { ...other, none: GOLD.gold } } }],
  ]);
  const faults = ['gold', 'none'].map(
    (name) =>
      `agent/agents/ben.ts outcomes.${name} has another meaning elsewhere: choose another name.`,
  );
  expect(() => agentList(files, [])).toThrow(new Error(faults.join('\n')));
});

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

it.each<[string, Found, string]>([
  [
    'the earlier name of a field',
    { declared: { ...ANN, handOver: 'same' } },
    'handOver is now called handOff.',
  ],
  ['an agent without role', { declared: { ...ANN, role: undefined } }, 'role is missing.'],
  ['empty text', { declared: { ...ANN, summary: ' ' } }, 'summary must not be empty.'],
  ['a number', { declared: { ...ANN, voice: 1 } }, 'voice must be text.'],
  [
    'no deployment',
    { declared: { ...ANN, deployments: [] } },
    'deployments must be a list of one or more names.',
  ],
  [
    'one deployment as text',
    { declared: { ...ANN, deployments: 'production' } },
    'deployments must be a list of one or more names.',
  ],
  [
    'a deployment that LiveKit refuses',
    { declared: { ...ANN, deployments: ['a b'] } },
    'deployments must have names of 1 to 63 letters, digits, "-", "_" or ".", with a letter or digit at both ends.',
  ],
  [
    'an outcome without German',
    { declared: { ...ANN, outcomes: { gold: { ...GOLD.gold, label: { en: 'gold' } } } } },
    'outcomes.gold.label.de is missing.',
  ],
  [
    'an outcome of another tone',
    { declared: { ...ANN, outcomes: { gold: { ...GOLD.gold, tone: 'great' } } } },
    'outcomes.gold.tone must be one of good, neutral, bad.',
  ],
  [
    'an outcome that is text',
    { declared: { ...ANN, outcomes: { gold: 'gold' } } },
    'outcomes.gold must have a label and a tone.',
  ],
  ['another name', { declared: BEN }, 'name must be that of the file, "ann". It is "ben".'],
  ['no agent', {}, 'has no agent: its default export must be callJob(…).'],
])('refuses %s', (_, found, fault) => {
  const files = new Map([['ann', found]]);
  expect(() => agentList(files, [BEN])).toThrow(new Error(`agent/agents/ann.ts ${fault}`));
});

it('says every fault of every file, and writes nothing', async () => {
  add('ann', declares({ ...ANN, role: undefined, voice: undefined }));
  add('ben', declares({ ...BEN, role: 'second' }));
  add('cal', 'export default {};');
  add('dan', '');
  add('eve', "throw new Error('no key');");
  const faults = [
    'agent/agents/ann.ts role is missing.',
    'agent/agents/ann.ts voice is missing.',
    'agent/agents/cal.ts has no agent: its default export must be callJob(…).',
    'agent/agents/dan.ts has no agent: its default export must be callJob(…).',
    'agent/agents/eve.ts cannot be loaded: no key',
  ];
  await expect(update()).rejects.toThrow(new Error(faults.join('\n')));
  expect(written()).toBe(listText([BEN]));
});

it('says what an agent wrote that ended the process', async () => {
  add('ann', "console.error('no licence'); process.exit(1);");
  await expect(update()).rejects.toThrow(/cannot be loaded\.\nno licence$/);
});

it('is never empty', () => {
  expect(() => agentList(new Map(), [BEN])).toThrow('agent/agents/ has no agent.');
});
