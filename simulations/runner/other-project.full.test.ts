// Simulations of an agent that does not use Callboard, in a LiveKit project without Callboard, as in CI; and that
// nothing remains of them, however they end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startChatServer } from '@/agent/testing/chat-server';
import { descendants, isRunning } from '@/lib/testing/processes';
import { type OtherProject, startOtherProject } from '@/simulations/runner/testing/other-project';

/** Milliseconds for some calls: many times what they take on an idle machine. */
const CALLS_MS = 240_000;
const WAIT_MS = 60_000;

let project: OtherProject;
beforeAll(async () => {
  project = await startOtherProject();
  // Latency is not part of these tests.
  const within = 30;
  const hours = 'ferry leaves / half past nine / 12 dollars';
  const ask = { say: 'When does the ferry leave?', hear: [hours], within };
  const base = { agent: 'their-name-for-it', caller: { voice: 'rms' } };
  project.write('ferry', {
    ...{ ...base, title: 'Says when the ferry leaves' },
    talk: [{ hear: ['welcome / harbour office / harbor office'], within }, ask],
  });
  project.write('train', {
    ...{ ...base, title: 'Says when the train leaves', outcome: 'appointment' },
    talk: [{ ...ask, hear: ['the train leaves at ten'] }],
  });
  project.write('waits', { ...base, title: 'Waits', talk: [{ wait: 60 }] });
  project.write('goal', {
    ...{ ...base, title: 'Finds out when the ferry leaves' },
    goal: { wants: 'To know when the ferry leaves.', lines: 3, within },
    criteria: ['The agent says what it costs.', 'The agent asks for a name.'],
  });
}, WAIT_MS);
afterAll(() => project?.close(), WAIT_MS);

const nothingLeft = () =>
  vi.waitFor(async () => expect(await project.rooms()).toEqual([]), { timeout: WAIT_MS });

it(
  'checks only what is heard, repeats each run, and writes result files',
  async () => {
    const [json, junit] = [join(project.folder, 'r.json'), join(project.folder, 'r.xml')];
    const files = ['--json', json, '--junit', junit];
    const run = project.simulate(['ferry', 'train', '--times', '2', '--at-once', '2', ...files]);
    expect(await run.code, run.said()).toBe(1);
    expect(run.said()).toContain('only the audio of these is checked: train');
    expect(run.said()).toContain('2 passed, 2 failed');
    const all = JSON.parse(readFileSync(json, 'utf8'));
    expect(all.simulations, run.said()).toMatchObject([
      { scenario: 'ferry', agent: 'harbour', passed: 2, of: 2 },
      { scenario: 'train', agent: 'harbour', passed: 0, of: 2 },
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
    const json = join(project.folder, 'goal.json');
    const settings = { LLM_URL: model.url, LLM_MODEL: 'small', MODELS: '' };
    const run = project.simulate(['goal', '--json', json], settings);
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

it.each<[string, (run: ReturnType<OtherProject['simulate']>) => void]>([
  ['Ctrl-C', ({ child }) => child.kill('SIGINT')],
  ['the end of its parent process', ({ child }) => child.disconnect()],
])(
  '%s during a call ends everything',
  async (_, end) => {
    const run = project.simulate(['waits', '--times', '3', '--at-once', '2']);
    await vi.waitFor(async () => expect(await project.agents()).toBe(2), { timeout: WAIT_MS });
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
