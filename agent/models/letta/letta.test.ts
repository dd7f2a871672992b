// Letta as a model, with the official client against a stand-in that behaves like a real server: words are spoken as
// they arrive, each caller has a memory of their own, and failures are reported.
import { APIError, initializeLogger, llm } from '@livekit/agents';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { repairFallback } from '@/agent/framework/fallback-adapter';
import { FLUSH } from '@/agent/framework/flush';
import { LettaLlm } from '@/agent/models/letta/letta-llm';
import type { Turn } from '@/lib/letta/testing/letta-answers';
import { type LettaStandIn, startLetta } from '@/lib/letta/testing/letta-server';

let letta: LettaStandIn;
let chosen: string;
let failures: Error[];

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
beforeEach(async () => {
  letta = await startLetta();
  chosen = letta.add('Sam');
  failures = [];
});
beforeEach(() => () => letta.close());

interface Of {
  readonly caller?: string;
  readonly agentId?: string;
  readonly url?: string;
  readonly key?: string;
}

/** A call with the agent; `say` returns the answer, with a mark for each new message. */
function callLetta({ caller = 'a', agentId = chosen, url = letta.url, key }: Of = {}) {
  const settings = { url, key, agentId, caller: async () => caller };
  const model = new LettaLlm(settings, (error) => failures.push(error));
  const context = llm.ChatContext.empty();
  const ask = (text: string) => {
    context.addMessage({ role: 'user', content: text });
    return model.chat({ chatCtx: context });
  };
  const read = async (stream: llm.LLMStream) => {
    let text = '';
    for await (const chunk of stream) {
      text += Object.is(chunk, FLUSH) ? '/' : (chunk.delta?.content ?? '');
    }
    return text;
  };
  return { model, context, ask, read, say: async (text: string) => read(ask(text)) };
}

/** A turn that stops after its first chunk until it is released. */
function heldTurn(say: Turn['say']) {
  let go: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => {
    go = resolve;
  });
  letta.turns.push({ say, waits });
  onTestFinished(() => go());
  return () => go();
}

describe('an answer', () => {
  test('is spoken chunk by chunk, before it is complete', async () => {
    const go = heldTurn([['Good ', 'morning.']]);
    const { ask } = callLetta();
    const stream = ask('Hello?');
    expect((await stream.next()).value?.delta?.content).toBe('Good ');
    go();
    expect((await stream.next()).value?.delta?.content).toBe('morning.');
  });

  test('in two parts with a tool call between them is two parts for TTS', async () => {
    letta.turns.push({ say: [['Let me ', 'see.'], ['It is open.']] });
    expect(await callLetta().say('Are you open?')).toBe('Let me see./ It is open.');
  });

  test('of an agent with sleep-time, which speaks by a tool, is spoken as it is written', async () => {
    const eve = letta.add('Eve', { enable_sleeptime: true });
    const said = 'She said "yes":\n5 €, \\o/ 😀.';
    letta.turns.push({ say: [[said], ['It is open.']] });
    const { ask } = callLetta({ agentId: eve });
    const pieces: string[] = [];
    for await (const { delta } of ask('Are you open?'))
      if (delta?.content) pieces.push(delta.content);
    expect(pieces.join('')).toBe(`${said} It is open.`);
    expect(pieces.length).toBeGreaterThan(5);
  });

  test('reports what it used', async () => {
    const { ask } = callLetta();
    const usage = [];
    for await (const chunk of ask('Hello?')) if (chunk.usage) usage.push(chunk.usage);
    expect(usage).toMatchObject([{ promptTokens: 10, completionTokens: 5, totalTokens: 15 }]);
  });

  test('an answered message is not sent again', async () => {
    const { say } = callLetta();
    await say('One.');
    expect(await say('Two.')).toBe('Known: nothing Told: One. | Two.');
  });
});

describe('memory', () => {
  test('continues from one call of a caller to the next', async () => {
    await callLetta().say('I am Sarah.');
    expect(await callLetta().say('Who am I?')).toContain('Told: I am Sarah. | Who am I?');
  });

  test('is separate for each caller, and from the chosen agent', async () => {
    await callLetta({ caller: 'a' }).say('I am Sarah.');
    expect(await callLetta({ caller: 'b' }).say('Who am I?')).toContain('Told: Who am I?');
    expect(letta.agents.get(chosen)?.talk).toEqual([]);
    const blocks = [...letta.agents.values()].flatMap((agent) => agent.blocks);
    const ids = (label: string) => blocks.filter((one) => one.label === label).map(({ id }) => id);
    expect(new Set(ids('human')).size).toBe(3);
    expect(new Set(ids('shop')).size).toBe(1);
  });

  test('contains no caller name that could be used to impersonate them', async () => {
    await callLetta({ caller: 'secret-id' }).say('Hello.');
    expect(JSON.stringify([...letta.agents.values()])).not.toContain('secret-id');
  });

  test('two simultaneous first calls of one caller get the same agent', async () => {
    const calls = [callLetta(), callLetta()];
    await Promise.all(calls.map(({ say }, n) => say(`Call ${n}.`)));
    expect(await callLetta().say('Once more.')).toMatch(
      /Call [01]\. \| Call [01]\. \| Once more\./,
    );
  });
});

describe('a caller who interrupts', () => {
  test('cancels the answer; their earlier words are sent with the next ones', async () => {
    const go = heldTurn([['One, ', 'two.']]);
    const { ask, say } = callLetta();
    const stream = ask('Count, please.');
    await stream.next();
    stream.close();
    await expect.poll(() => letta.cancelled).toHaveLength(1);
    go();
    expect(await say('No, stop.')).toBe('Known: nothing Told: Count, please. | No, stop.');
    expect(await say('Well.')).toBe('Known: nothing Told: Count, please. | No, stop. | Well.');
  });

  test('is noticed by the next question, even before anything was closed', async () => {
    const go = heldTurn([['One, ', 'two.']]);
    const { ask, say } = callLetta();
    await ask('Count, please.').next();
    const answer = say('No, stop.');
    await expect.poll(() => letta.cancelled).toHaveLength(1);
    go();
    expect(await answer).toContain('Told: Count, please. | No, stop.');
  });

  test('when the answer was complete already: the question is not sent twice', async () => {
    letta.turns.push({ say: [['One, ', 'two.']], complete: true });
    const { ask, say } = callLetta();
    const stream = ask('Count, please.');
    await stream.next();
    stream.close();
    expect(await say('Go on.')).toBe('Known: nothing Told: Count, please. | Go on.');
    expect(letta.cancelled).toHaveLength(1);
  });

  test('tells how much was heard of an answer, which Letta remembers as a whole', async () => {
    letta.turns.push({ say: [['One, ', 'two.']], complete: true });
    const { context, say } = callLetta();
    await say('Count, please.');
    context.addMessage({ role: 'assistant', content: 'One,', interrupted: true });
    expect(await say('Go on.')).toContain(
      'Count, please. | (I spoke over you and heard only: “One,”) Go on.',
    );
  });

  test('after a tool has run: Letta remembers the question, and it is not sent twice', async () => {
    heldTurn([['Let me see.'], ['One, ', 'two.']]);
    const { ask, say } = callLetta();
    const stream = ask('Count, please.');
    for await (const { delta } of stream) if (delta?.content?.includes('One')) break;
    stream.close();
    expect(await say('Go on.')).toBe('Known: nothing Told: Count, please. | Go on.');
  });

  test('discarded preemptive requests are not sent', async () => {
    heldTurn([['Yes?', 'more']]);
    const { ask, say, context } = callLetta();
    const early = ask('I would');
    await early.next();
    early.close();
    context.items.pop();
    await expect.poll(() => letta.cancelled).toHaveLength(1);
    expect(await say('I would like to book.')).toBe('Known: nothing Told: I would like to book.');
  });
});

describe('a failure has a type that triggers the fallback, and a clear message', () => {
  const down = 'http://127.0.0.1:9';
  const nobody = 'agent-00000000-0000-4000-8000-000000000000';
  test.each<[string, Turn | undefined, Of, object, RegExp]>([
    ['down', undefined, { url: down }, { name: 'APIConnectionError' }, /cannot be reached/],
    ['an unknown agent', undefined, { agentId: nobody }, { statusCode: 404 }, /no such agent/],
    ['rate limited', { status: 429 }, {}, { statusCode: 429 }, /no more requests/],
    ['its model failed', { fails: 'The model is away.' }, {}, {}, /The model is away/],
    [
      'its model is rate limited, which Letta reports in its answer',
      {
        fails: {
          error_type: 'llm_rate_limit',
          message: 'Rate limit exceeded for LLM model provider.',
          detail: `RATE_LIMIT_EXCEEDED: Error code: 429 - {'error': {'message': 'Limit reached.\\nTry again in 20s.', 'type': 'requests'}}`,
        },
      },
      {},
      { statusCode: 429 },
      /^Letta or its model takes no more requests just now: Limit reached\. Try again in 20s\.$/,
    ],
    [
      'its model refuses its key',
      {
        fails: {
          error_type: 'llm_authentication',
          message: 'Authentication failed with the LLM model provider.',
          detail: `UNAUTHENTICATED: Error code: 401 - {'error': {'message': "Bad 'key'", 'code': 1}}`,
        },
      },
      {},
      { statusCode: 401 },
      /^Letta's model does not accept Letta's key: Bad 'key'$/,
    ],
    [
      'another failure with details',
      { fails: { error_type: 'internal_error', message: 'It failed.', detail: 'No connection.' } },
      {},
      {},
      /^Letta could not answer: It failed\. No connection\.$/,
    ],
    [
      'a refusal of FastAPI, without what the caller said',
      {
        status: 422,
        body: { detail: `[{'loc': ('body', 'messages'), 'msg': 'Too long', 'input': 'Hello?'}]` },
      },
      {},
      { statusCode: 422 },
      /^Letta does not understand the request: Too long$/,
    ],
    [
      'a failure of a model as a status',
      {
        status: 504,
        body: { error: { type: 'llm_timeout', message: 'Timed out.', detail: 'After 60 s' } },
      },
      {},
      { statusCode: 504 },
      /^Letta failed with status 504: After 60 s$/,
    ],
    ['no message', { silent: true }, {}, {}, /said nothing \(max_steps\)$/],
  ])('%s', async (_, turn, of, like, words) => {
    if (turn) letta.turns.push(turn);
    const { model, say } = callLetta(of);
    const errors: unknown[] = [];
    model.on('error', ({ error }) => errors.push(error));
    expect(await say('Hello?')).toBe('');
    expect(errors).toEqual(failures);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toBeInstanceOf(APIError);
    expect(failures[0]).toMatchObject({
      ...like,
      retryable: false,
      message: expect.stringMatching(words),
    });
  });

  test('a wrong key, which is not in the message', async () => {
    const locked = await startLetta('the-right-key');
    onTestFinished(() => locked.close());
    await callLetta({ url: locked.url, key: 'the-wrong-key', agentId: locked.add('Sam') }).say(
      'Hi',
    );
    expect(failures[0]).toMatchObject({ statusCode: 401 });
    expect(failures[0]?.message).toMatch(/^Letta refuses the key/);
    // Callers see the events of their calls.
    expect(failures[0]?.message).not.toContain('LETTA_API_KEY');
    expect(failures[0]?.message).not.toContain('wrong-key');
    const right = { url: locked.url, key: 'the-right-key', agentId: locked.add('Max') };
    expect(await callLetta(right).say('Hi')).toContain('Told: Hi');
  });

  test('a timeout: the caller does not wait, and the answer is cancelled', async () => {
    heldTurn([['', 'At last.']]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const { say } = callLetta();
    const said = say('Hello?');
    await expect.poll(() => letta.asked.at(-1)).toMatch(/messages$/);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await said).toBe('');
    expect(failures[0]).toMatchObject({ name: 'APITimeoutError' });
    await expect.poll(() => letta.cancelled).toHaveLength(1);
  });
});

test('a copy that is deleted at Letta during the call has a successor', async () => {
  const { model, say } = callLetta();
  expect(await say('Hello?')).toContain('Told: Hello?');
  const { id } = await model.agent.ready();
  letta.agents.delete(id);
  expect(await say('Still there?')).toBe('');
  expect(failures[0]).toMatchObject({ statusCode: 404 });
  expect(await say('And now?')).toContain('Told: And now?');
  expect((await model.agent.ready()).id).not.toBe(id);
});

test('the next model continues an answer that breaks off', async () => {
  const { model, ask, read } = callLetta();
  letta.turns.push({ say: [['I was ']], fails: 'The model is away.' });
  const failed = new Promise((resolve) => model.once('error', resolve));
  expect(await read(ask('Hello?'))).toBe('I was … ');
  await failed;
});

test('a failed Letta is checked, but does not see questions that another model answers', async () => {
  const modelOf = (name: string) =>
    new LettaLlm(
      { url: letta.url, key: undefined, agentId: letta.add(name), caller: async () => 'a' },
      () => undefined,
    );
  const both = new llm.FallbackAdapter({ llms: [modelOf('Sam'), modelOf('Max')] });
  repairFallback(both);
  const context = llm.ChatContext.empty();
  const say = async (text: string) => {
    context.addMessage({ role: 'user', content: text });
    return (await both.chat({ chatCtx: context }).collect()).text;
  };
  const [sam] = both._status;
  letta.turns.push({ status: 503 });
  await say('First.');
  await expect.poll(() => sam?.recoveringTask).toBeNull();
  // As if it had failed the second time too.
  Object.assign(sam ?? {}, { available: false });
  await say('Second.');
  await expect.poll(() => sam).toEqual({ available: true, recoveringTask: null });
  const reported = [...letta.agents.values()].filter(({ talk }) => talk.includes('Second.'));
  expect(reported.map(({ name }) => name)).toEqual(['Max']);
  expect(await say('Third.')).toMatch(/Told: Third\.$/);
});
