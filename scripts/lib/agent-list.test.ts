// The list of agents that the build writes, from files in another folder. The agents of this one: agents.test.ts.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { agentList, type Found, listText, updateAgentList } from '@/scripts/lib/agent-list';

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

it('leaves out an outcome that two agents, or Callboard itself, declare differently', () => {
  const other = { gold: { ...GOLD.gold, tone: 'bad' } };
  const files = new Map([
    ['ann', { declared: { ...ANN, outcomes: GOLD } }],
    ['ben', { declared: { ...BEN, outcomes: { ...other, none: GOLD.gold } } }],
  ]);
  const faults = ['gold', 'none'].map(
    (name) => `outcomes.${name} has another meaning elsewhere: choose another name`,
  );
  expect(agentList(files, [])).toEqual({
    agents: [{ ...ANN, outcomes: GOLD }],
    faults: [`agent/agents/ben.ts is left out: ${faults.join('; ')}.`],
  });
});

it('keeps the order, adds new agents, updates changed ones, and is not written again', async () => {
  add('ben', declares({ ...BEN, role: 'second' }));
  add('ann', declares(ANN));
  // Its own entry is in the catalogue.
  add('letta', declares({ ...ANN, name: 'letta' }));
  writeFileSync(join(folder, 'ann.test.ts'), '');
  expect(await update()).toEqual({ changed: true, faults: [] });
  expect(written()).toBe(listText([{ ...BEN, role: 'second' }, ANN]));
  const { mtimeNs } = statSync(list(), { bigint: true });
  expect(await update()).toEqual({ changed: false, faults: [] });
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

it('keeps an agent that cannot be loaded, and says why', async () => {
  add('ann', declares(ANN));
  add('ben', "throw new Error('no key');");
  const { faults } = await update();
  expect(faults).toEqual([
    'agent/agents/ben.ts stays listed as before: it cannot be loaded: no key.',
  ]);
  expect(written()).toBe(listText([BEN, ANN]));
});

/** A file as LiveKit's docs show it. */
const DEFINED = "{ [Symbol.for('livekit.agents.AgentDefinition')]: true, entry() {} }";
const standard = (name: string) => ({
  ...{ name, person: 'Night porter', role: '', summary: '' },
  ...{ deployments: ['production', 'staging'] as [string, string], handOff: 'same' },
});

it("lists LiveKit's defineAgent by the name of its file", async () => {
  add('ben', declares(BEN));
  add('night-porter', `export default ${DEFINED};`);
  expect(await update()).toEqual({ changed: true, faults: [] });
  expect(written()).toBe(listText([BEN, standard('night-porter')]));
});

it('lists it by what it exports as agent', async () => {
  add('ben', declares(BEN));
  add(
    'quinn',
    `export const agent = { name: 'reception', person: 'Q' }; export default ${DEFINED};`,
  );
  await update();
  const entry = { ...standard('reception'), person: 'Q', file: 'quinn' };
  expect(written()).toBe(listText([BEN, entry]));
  // With a fault, it keeps this entry.
  add('quinn', 'export default 1;');
  expect((await update()).faults).toEqual([
    'agent/agents/quinn.ts stays listed as before: its default export must be defineAgent(…) or callJob(…).',
  ]);
  expect(written()).toBe(listText([BEN, entry]));
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
  ['the name of another file', { declared: BEN }, 'another file has the name "ben".'],
  [
    'the name of the Letta agent',
    { standard: { name: 'letta' } },
    'another file has the name "letta".',
  ],
  [
    'a voice with its own speech',
    { standard: { voice: 'slt' } },
    'voice is of agents with callJob(…) only.',
  ],
  ['a number as role', { standard: { role: 1 } }, 'role must be text.'],
  ['no agent', {}, 'its default export must be defineAgent(…) or callJob(…).'],
])('leaves out %s, and no other agent', (_, found, fault) => {
  const files = new Map<string, Found>([
    ['aaron', { declared: BEN }],
    ['ann', found],
  ]);
  expect(agentList(files, [BEN])).toEqual({
    agents: [{ ...BEN, file: 'aaron' }],
    faults: [`agent/agents/ann.ts is left out: ${fault}`],
  });
});

it('says every fault of every file, and lists the others', async () => {
  add('ann', declares({ ...ANN, role: undefined, voice: undefined }));
  add('ben', declares({ ...BEN, role: 'second' }));
  add('cal', 'export default {};');
  add('dan', '');
  add('eve', "throw new Error('no key');");
  const { faults } = await update();
  expect(faults).toEqual([
    'agent/agents/ann.ts is left out: role is missing; voice is missing.',
    'agent/agents/cal.ts is left out: its default export must be defineAgent(…) or callJob(…).',
    'agent/agents/dan.ts is left out: its default export must be defineAgent(…) or callJob(…).',
    'agent/agents/eve.ts is left out: it cannot be loaded: no key.',
  ]);
  expect(written()).toBe(listText([{ ...BEN, role: 'second' }]));
});

it('what an agent does while it is loaded stops no other one', async () => {
  add('ann', "console.error('no licence'); process.exit(1);");
  add('ben', declares(BEN));
  add(
    'cal',
    `console.log('hello'); Promise.reject(new Error('later')); ${declares({ ...ANN, name: 'cal' })}`,
  );
  expect((await update()).faults).toEqual([
    'agent/agents/ann.ts is left out: it cannot be loaded: it calls process.exit(1).',
  ]);
  expect(written()).toBe(listText([BEN, { ...ANN, name: 'cal' }]));
});

it('an agent that ends the process that loads it is left out, also if it was listed', async () => {
  add('ann', declares(ANN));
  add('ben', "console.error('no licence'); process.kill(process.pid, 'SIGKILL');");
  expect((await update()).faults).toEqual([
    'agent/agents/ben.ts is left out: it cannot be loaded: it ends the process that loads it\nno licence.',
  ]);
  expect(written()).toBe(listText([ANN]));
});

it('a folder without agents is no fault', async () => {
  expect(await update()).toEqual({ changed: true, faults: [] });
  expect(written()).toBe(listText([]));
});
