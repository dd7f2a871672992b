// Callers with a goal, and criteria, with a fake server of the models' protocol.
import { afterEach, expect, it } from 'vitest';
import { type Reply, startChatServer } from '@/agent/testing/chat-server';
import type { LineResult } from '@/lib/calls/test-calls/result';
import type { ScenarioGoal } from '@/lib/simulations/scenarios';
import {
  judgeCriteria,
  type Model,
  modelOf,
  type NextLine,
  playGoal,
} from '@/simulations/runner/language-model';

const goal: ScenarioGoal = { wants: 'To book for Ben Carter.', manner: 'in a hurry', lines: 3 };
const { signal } = new AbortController();
const servers: Awaited<ReturnType<typeof startChatServer>>[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function scripted(...replies: readonly (string | Reply)[]) {
  const server = await startChatServer(
    replies.map((reply) => () => (typeof reply === 'string' ? { say: reply } : reply)),
  );
  servers.push(server);
  const model = modelOf({ LLM_URL: server.url, LLM_MODEL: 'small', LLM_KEY: 'k' }) as Model;
  return { server, model };
}

/** Plays against an agent with a list of responses. Returns what the caller said. */
async function played(model: Model, answers: readonly string[], over = async () => false) {
  const said: NextLine[] = [];
  const say = async (next: NextLine | undefined): Promise<LineResult> => {
    if (next) said.push(next);
    return { said: next?.words ?? '', heard: answers[said.length] ?? '', misses: [] };
  };
  await playGoal({ goal, model, say, over, signal });
  return said;
}

it('says what the model generates from the transcript, until it hangs up', async () => {
  const { server, model } = await scripted(
    '<think>Not yet [HANG UP].</think>I need an **appointment** on Monday.',
    'Caller: "Great, thank you. Goodbye." [HANG UP]',
  );
  const said = await played(model, ['Willow Street, hello?', 'You are booked.', '']);
  expect(said).toEqual([
    { words: 'I need an appointment on Monday.', hangsUp: false },
    { words: 'Great, thank you. Goodbye.', hangsUp: true },
  ]);
  const [first, second] = server.asked;
  expect(first?.authorization).toBe('Bearer k');
  expect(first?.body.model).toBe('small');
  expect(first?.body.messages[0]?.content).toMatch(/To book for Ben Carter\.[\s\S]*in a hurry/);
  expect(second?.body.messages.slice(1).map(({ role, content }) => [role, content])).toEqual([
    ['user', 'Willow Street, hello?'],
    ['assistant', 'I need an appointment on Monday.'],
    ['user', 'You are booked.'],
  ]);
});

it('ends after its lines, if the agent hangs up, or if the model says nothing', async () => {
  const many = await scripted('One.', 'Two.', 'Three.', 'Four.');
  expect(await played(many.model, [])).toHaveLength(goal.lines);
  const gone = await scripted('One.', 'Two.');
  expect(await played(gone.model, [], async () => true)).toHaveLength(1);
  const silent = await scripted('[HANG UP]');
  expect(await played(silent.model, [])).toEqual([]);
});

it('names a model that fails', async () => {
  const { model } = await scripted({ status: 400 });
  await expect(played(model, [])).rejects.toThrow(/language model small did not respond: 400/);
});

it('judges each criterion, whatever surrounds the JSON', async () => {
  const verdicts = [
    { number: 1, met: true },
    { number: 2, met: false, why: 'No day was repeated.' },
  ];
  const { server, model } = await scripted(
    `Sure:\n\`\`\`json\n${JSON.stringify({ criteria: verdicts })}\n\`\`\``,
  );
  const lines = [{ said: 'Monday, please.', heard: 'Booked.' }];
  expect(
    await judgeCriteria(['It is polite.', 'It repeats the day.'], lines, model, signal),
  ).toEqual([{ kind: 'not met', criterion: 'It repeats the day.', why: 'No day was repeated.' }]);
  const asked = server.asked[0]?.body.messages.at(-1)?.content;
  expect(asked).toContain('Caller: Monday, please.\nAgent: Booked.');
  expect(asked).toContain('2. It repeats the day.');
});

it.each([
  ['I would say it went well.', /returned no valid verdicts: I would say/],
  ['{"criteria": [{"number": 7, "met": true}]}', /did not judge “It is polite\.”/],
])('an answer that is no verdict fails: %s', async (answer, message) => {
  const { model } = await scripted(answer);
  await expect(judgeCriteria(['It is polite.'], [], model, signal)).rejects.toThrow(message);
});

it('uses the first configured text model', () => {
  expect(modelOf({})).toBeUndefined();
  expect(modelOf({ MODELS: 'realtime:gpt-realtime', OPENAI_API_KEY: '' })).toBeUndefined();
  expect(modelOf({ OPENAI_API_KEY: 'k' })).toBeDefined();
  // Agents may work without one.
  expect(modelOf({ MODELS: 'built-in', LLM_URL: 'http://x/v1', LLM_MODEL: 'm' })).toBeDefined();
});
