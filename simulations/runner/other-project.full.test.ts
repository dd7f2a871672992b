// Simulations of an agent that does not use Callboard, in a LiveKit project without Callboard, as in CI; and that
// nothing remains of them, however they end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startChatServer } from '@/agent/testing/chat-server';
import { descendants, isRunning } from '@/lib/testing/processes';
import { openTheirs, type Theirs } from './testing/other-project';

/** Milliseconds for some calls: many times what they take on an idle machine. */
const CALLS_MS = 240_000;
const WAIT_MS = 60_000;

let theirs: Theirs;
beforeAll(async () => {
  theirs = await openTheirs();
  // Latency is not part of these tests.
  const within = 30;
  const hours = 'ferry leaves / half past nine / 12 dollars';
  const ask = { say: 'When does the ferry leave?', hear: [hours], within };
  const base = { agent: 'their-name-for-it', caller: { voice: 'rms' } };
  theirs.write('ferry', {
    ...{ ...base, title: 'Says when the ferry leaves' },
    talk: [{ hear: ['welcome / harbour office / harbor office'], within }, ask],
  });
  theirs.write('train', {
    ...{ ...base, title: 'Says when the train leaves', outcome: 'appointment' },
    talk: [{ ...ask, hear: ['the train leaves at ten'] }],
  });
  theirs.write('waits', { ...base, title: 'Waits', talk: [{ wait: 60 }] });
  theirs.write('goal', {
    ...{ ...base, title: 'Finds out when the ferry leaves' },
    goal: { wants: 'To know when the ferry leaves.', lines: 3, within },
    criteria: ['The agent says what it costs.', 'The agent asks for a name.'],
  });
}, WAIT_MS);
afterAll(() => theirs?.close(), WAIT_MS);

const nothingLeft = () =>
  vi.waitFor(async () => expect(await theirs.rooms()).toEqual([]), { timeout: WAIT_MS });

it(
  'looks at what is heard alone, each so often, and tells programs what came of it',
  async () => {
    const [json, junit] = [join(theirs.folder, 'r.json'), join(theirs.folder, 'r.xml')];
    const files = ['--json', json, '--junit', junit];
    const run = theirs.simulate(['ferry', 'train', '--times', '2', '--at-once', '2', ...files]);
    expect(await run.code, run.said()).toBe(1);
    expect(run.said()).toContain('only the audio of these is checked: train');
    expect(run.said()).toContain('2 passed, 2 failed');
    const all = JSON.parse(readFileSync(json, 'utf8'));
    expect(all.rehearsals, run.said()).toMatchObject([
      { rehearsal: 'ferry', agent: 'harbour', passed: 2, of: 2 },
      { rehearsal: 'train', agent: 'harbour', passed: 0, of: 2 },
    ]);
    const failures = readFileSync(junit, 'utf8').match(/<failure message="[^"]*"/g);
    expect(failures).toHaveLength(2);
    for (const failure of failures ?? []) {
      expect(failure).toContain('“the train leaves at ten” was not heard');
      expect(failure).toMatch(/heard: (?!\(nothing\))\S/);
    }
    await nothingLeft();
  },
  CALLS_MS,
);

it(
  'a language model speaks for the caller, and judges',
  async () => {
    const criteria = [
      { number: 1, met: true, why: 'It says twelve dollars.' },
      { number: 2, met: false, why: 'It asks for nothing.' },
    ];
    const model = await startChatServer([
      () => ({ say: 'Hello, when does the ferry leave?' }),
      () => ({ say: 'Thank you. Goodbye. [HANG UP]' }),
      () => ({ say: JSON.stringify({ criteria }) }),
    ]);
    const json = join(theirs.folder, 'goal.json');
    const settings = { LLM_URL: model.url, LLM_MODEL: 'small', MODELS: '' };
    const run = theirs.simulate(['goal', '--json', json], settings);
    expect(await run.code, run.said()).toBe(1);
    await model.close();
    const [{ lines, wrong }] = JSON.parse(readFileSync(json, 'utf8')).runs;
    expect(wrong, run.said()).toEqual([
      '“The agent asks for a name.” is not met: It asks for nothing.',
    ]);
    expect(lines.map(({ said }: { said: string }) => said)).toEqual([
      ...['', 'Hello, when does the ferry leave?', 'Thank you. Goodbye.'],
    ]);
    // The model was asked with the transcript.
    expect(model.asked[1]?.body.messages.at(-1)?.content).toBe(lines[1].heard);
    expect(lines[1].heard).not.toBe('');
    expect(model.asked[2]?.body.messages.at(-1)?.content).toContain(
      '2. The agent asks for a name.',
    );
    await nothingLeft();
  },
  CALLS_MS,
);

it.each<[string, (run: ReturnType<Theirs['simulate']>) => void]>([
  ['Ctrl-C', ({ child }) => child.kill('SIGINT')],
  ['the end of whatever started it', ({ child }) => child.disconnect()],
])(
  '%s in mid-call ends all of it',
  async (_, end) => {
    const run = theirs.simulate(['waits', '--times', '3', '--at-once', '2']);
    await vi.waitFor(async () => expect(await theirs.agents()).toBe(2), { timeout: WAIT_MS });
    const below = descendants(run.child.pid as number);
    end(run);
    expect(await run.code, run.said()).toBe(130);
    expect(run.said()).toContain('0 passed, 0 failed, 2 stopped');
    // The system takes a moment to clean up.
    await vi.waitFor(() => expect(below.filter(({ pid }) => isRunning(pid))).toEqual([]), {
      timeout: WAIT_MS,
    });
    await nothingLeft();
  },
  CALLS_MS,
);
