import { inspect } from 'node:util';
import { initializeLogger, llm } from '@livekit/agents';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { frontDesk } from '@/agent/agents/front-desk';
import { makeModels } from '@/agent/models/models';
import { bookedIn } from '@/agent/practice/diary';
import { ScriptedLLM } from '@/agent/scripted/scripted-llm';
import { callModel, type Script, settings } from '@/agent/testing/model-call';
import { ownDiary } from '@/agent/testing/own-diary';
import { NOW, StillCall } from '@/agent/testing/talk';

const OPENAI_KEY = 'sk-of-openai-0123456789';
const LLM_KEY = 'key-of-the-other-server-0123456789';

const modelOf = (env?: Record<string, string>, failed: (error: Error) => void = () => undefined) =>
  makeModels(settings(env), frontDesk, new StillCall(NOW), failed).llm;
/** The models in order, by display name. */
const orderOf = (model: llm.LLM) =>
  model instanceof llm.FallbackAdapter ? model.llms.map((one) => one.label()) : [model.label()];

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
ownDiary();
beforeEach(() => {
  // Ignore what a developer has configured for other programs.
  vi.stubEnv('OPENAI_BASE_URL', undefined);
});
afterEach(() => vi.unstubAllEnvs());

const other = (url: string) => ({ LLM_URL: url, LLM_MODEL: 'qwen3:8b', LLM_KEY });

/** A model that looks at the calendar, finds a time, books it and repeats the tool's result. */
const booking: Script = [
  () => ({ call: { name: 'currentTime', args: {} } }),
  (last) => {
    const friday = (JSON.parse(last) as { days: string[] }).days
      .filter((day) => day.startsWith('friday'))
      .at(-1)
      ?.split(' ')[1];
    return { call: { name: 'freeTimes', args: { day: friday } } };
  },
  (last) => {
    const time = /14:30/.exec(last)?.[0];
    const args = { day: '2026-11-27', time, name: 'Sarah Jones' };
    return { call: { name: 'bookAppointment', args } };
  },
  (last) => ({ say: `The diary says: ${JSON.parse(last)}` }),
];

describe('a configured model holds the conversation', () => {
  test('it receives the instructions and tools, books with them, and its words are spoken', async () => {
    const caller = new StillCall(NOW);
    const { say, asked } = await callModel(booking, other, caller);
    const said = await say('On Friday at half past two please, for Sarah Jones.');

    expect(bookedIn(caller)).toMatchObject([{ day: '2026-11-27', time: '14:30' }]);
    expect(caller.outcomes).toEqual(['appointment']);
    expect(said).toEqual([
      '[currentTime]',
      '[function_call_output]',
      '[freeTimes]',
      '[function_call_output]',
      '[bookAppointment]',
      '[function_call_output]',
      'The diary says: It is booked: on Friday the 27th at half past two, for Sarah Jones.',
    ]);

    expect(asked).toHaveLength(4);
    for (const { authorization, body } of asked) {
      expect(authorization).toBe(`Bearer ${LLM_KEY}`);
      expect(body).toMatchObject({ model: 'qwen3:8b', stream: true });
      expect(body.messages[0]).toMatchObject({ role: 'system', content: frontDesk.instructions });
      const names = body.tools.map((tool) => tool.function.name);
      expect(names.sort()).toEqual(Object.keys(frontDesk.toolLabels).sort());
    }
    const [call, output] = asked.at(-1)?.body.messages.slice(-2) ?? [];
    expect(call?.tool_calls?.[0]?.function.name).toBe('bookAppointment');
    expect(output).toMatchObject({ role: 'tool', tool_call_id: call?.tool_calls?.[0]?.id });
  });

  test("a tool's refusal is sent to the model as text, and the model can correct itself", async () => {
    const args = { day: '2026-11-22', time: '10:00', name: 'Sarah Jones' };
    let reported = '';
    const { say } = await callModel(
      [
        () => ({ call: { name: 'bookAppointment', args } }),
        (last) => {
          reported = last;
          return { say: 'On Monday?' };
        },
      ],
      other,
    );
    expect((await say('On Sunday at ten')).at(-1)).toBe('On Monday?');
    expect(reported).toContain("ten o'clock is not free");
  });

  test('a goodbye with endCall ends the call, and no further request is made', async () => {
    const call = new StillCall(NOW);
    const goodbye = { say: 'Goodbye, then.', call: { name: 'endCall', args: {} } };
    const { say, asked } = await callModel([() => goodbye], other, call);
    const said = await say('That was all, bye.');
    expect(said.filter((line) => !line.startsWith('['))).toEqual(['Goodbye, then.']);
    expect(said).toContain('[endCall]');
    expect(call.ended).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test('with OPENAI_API_KEY alone: the default model, at the address of the client', async () => {
    const { say, asked } = await callModel([() => ({ say: 'Hello.' })], (url) => {
      // The client's own setting, so that the test stays on this machine.
      vi.stubEnv('OPENAI_BASE_URL', url);
      return { OPENAI_API_KEY: OPENAI_KEY };
    });
    expect(await say('Hello?')).toEqual(['Hello.']);
    expect(asked[0]?.authorization).toBe(`Bearer ${OPENAI_KEY}`);
    expect(asked[0]?.body.model).toBe('gpt-4.1-mini');
  });
});

describe('the choice of models', () => {
  test('nothing set, or set to an empty value: the scripted agent', () => {
    expect(modelOf()).toBeInstanceOf(ScriptedLLM);
    expect(modelOf({ OPENAI_API_KEY: '', LLM_URL: '', LLM_MODEL: '' })).toBeInstanceOf(ScriptedLLM);
    expect(modelOf({ LLM_MODEL: 'm', LLM_KEY })).toBeInstanceOf(ScriptedLLM);
  });

  const LLM_URL = 'http://127.0.0.1:11434/v1';
  const MODELS = 'inference:openai/gpt-4.1,compatible:m,openai:gpt-5';
  const SCRIPTED = 'scripted agent, standing in';
  test.each([
    [{ OPENAI_API_KEY: OPENAI_KEY }, ['gpt-4.1-mini (OpenAI)']],
    [{ OPENAI_API_KEY: OPENAI_KEY, LLM_MODEL: 'gpt-5' }, ['gpt-5 (OpenAI)']],
    [{ LLM_URL, LLM_MODEL: 'm' }, ['m (127.0.0.1:11434)']],
    [{ LLM_URL, LLM_MODEL: 'm', OPENAI_API_KEY: OPENAI_KEY }, ['m (127.0.0.1:11434)']],
    [
      { MODELS, LLM_URL, OPENAI_API_KEY: OPENAI_KEY },
      ['openai/gpt-4.1 (LiveKit Inference)', 'm (127.0.0.1:11434)', 'gpt-5 (OpenAI)'],
    ],
    [{ MODELS }, ['openai/gpt-4.1 (LiveKit Inference)']],
  ])('%o: %o', (env, models) => {
    expect(orderOf(modelOf(env))).toEqual([...models, SCRIPTED]);
  });

  test('a setting for one agent overrides the one for all', () => {
    const env = {
      MODELS: 'openai:gpt-5',
      MODELS_FRONT_DESK: 'built-in',
      OPENAI_API_KEY: OPENAI_KEY,
    };
    expect(modelOf(env)).toBeInstanceOf(ScriptedLLM);
    const other = {
      MODELS: 'built-in',
      MODELS_BILLING: 'openai:gpt-5',
      OPENAI_API_KEY: OPENAI_KEY,
    };
    expect(modelOf(other)).toBeInstanceOf(ScriptedLLM);
  });

  test("OpenAI's key is not sent to another server", async () => {
    const { say, asked } = await callModel([() => ({ say: 'Hello.' })], (url) => ({
      LLM_URL: url,
      LLM_MODEL: 'm',
      OPENAI_API_KEY: OPENAI_KEY,
    }));
    expect(await say('Hello?')).toEqual(['Hello.']);
    expect(asked[0]?.authorization).toBe('Bearer none');
  });
});

describe('a failure is reported with the provider and the model, never with a key', () => {
  /** Neither in the message nor anywhere in what a log would print of it. */
  function expectNoKey(error: unknown) {
    const shown = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    for (const key of [OPENAI_KEY, LLM_KEY]) expect(shown).not.toContain(key);
  }

  test('in the configuration', () => {
    const wrong = { LLM_URL: 'localhost', OPENAI_API_KEY: OPENAI_KEY, LLM_KEY };
    expect(() => settings(wrong)).toThrow(/LLM_URL must be/);
    try {
      settings(wrong);
    } catch (error) {
      expectNoKey(error);
    }
  });

  test.each([401, 500])('of the server: %s', async (statusCode) => {
    const { say, failures } = await callModel([() => ({ status: statusCode })], other);
    await say('Hello?');
    const words = `^qwen3:8b \\(127\\.0\\.0\\.1:\\d+\\) failed: ${statusCode} The stand-in refuses`;
    const message = expect.stringMatching(new RegExp(words));
    expect(failures[0]).toMatchObject({ statusCode, message });
    expectNoKey(failures[0]);
  });
});
