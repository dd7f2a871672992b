// Session events as the call's page shows them.
import { EventEmitter } from 'node:events';
import { llm, voice } from '@livekit/agents';
import { describe, expect, it, test } from 'vitest';
import {
  ReplyClock,
  reportError,
  reportSession,
  reportUsage,
} from '@/agent/reporting/session-events';
import type { EventData, StoredEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';

const T0 = Date.UTC(2026, 10, 24, 10);

it('reports an error without secrets', () => {
  const reported: EventData[] = [];
  const error = new Error('GET https://u:pw@a.example?token=abc');
  reportError((what) => void reported.push(what), 'model', error);
  reportError((what) => void reported.push(what), 'model', 'postgres://u:pw@a.example');
  expect(reported).toMatchObject([
    { message: 'GET https://[secret]@a.example?token=[secret]' },
    { message: 'postgres://[secret]@a.example' },
  ]);
  expect(JSON.stringify(reported)).not.toMatch(/u:pw|abc/);
});

it("reports a provider's error in plain words, without the escapes of the body it came in", () => {
  const reported: EventData[] = [];
  const body = '429 {"error":{"message":"Limit reached.\\nTry \\"later\\"."}}';
  reportError((what) => void reported.push(what), 'model', new Error(body));
  expect(reported).toMatchObject([
    { message: '429 {"error":{"message":"Limit reached. Try "later"."}}' },
  ]);
});

it("a tool's span on the time axis goes from its call to its result", () => {
  const session = new EventEmitter();
  const kept: StoredEvent[] = [];
  const report = (what: EventData, at = T0) => {
    const id = `e${kept.length}`;
    kept.push({
      id,
      call: 'c1',
      room: 'r1',
      source: 'worker:w1',
      at,
      arrivedAt: T0 + 45_000,
      what,
    });
  };
  const who = {
    ...{ identity: 'a', agent: 'front-desk', person: 'Ada', caller: () => undefined },
    emptySince: () => undefined,
  };
  reportSession(session as never, report, who, { ask: 'Asked for billing' });
  report({ kind: 'room_started' });
  const call = llm.FunctionCall.create({
    ...{ callId: '1', name: 'ask', args: '{}', createdAt: T0 + 40_400 },
  });
  const output = llm.FunctionCallOutput.create({
    ...{ callId: '1', output: 'yes', isError: false, createdAt: T0 + 44_119 },
  });
  session.emit(
    voice.AgentSessionEventTypes.FunctionToolsExecuted,
    voice.createFunctionToolsExecutedEvent({
      ...{ functionCalls: [call], functionCallOutputs: [output] },
    }),
  );
  const tool = foldCall(kept).marks.find(({ kind }) => kind === 'tool');
  expect(tool).toMatchObject({ from: 40_400, to: 44_119, label: 'Asked for billing' });
});

it('reports only what somebody hears, and only what they write', () => {
  const session = new EventEmitter();
  const said: string[] = [];
  const report = (what: EventData) => void (what.kind === 'turn' && said.push(what.text));
  let emptySince: number | undefined;
  const who = {
    ...{ identity: 'a', agent: 'front-desk', person: 'Ada', caller: () => undefined },
    emptySince: () => emptySince,
  };
  reportSession(session as never, report, who, {});
  const says = (role: 'user' | 'assistant', content: string, createdAt: number, ms?: number) => {
    const item = llm.ChatMessage.create({ role, content, createdAt });
    if (ms !== undefined) {
      item.metrics.startedSpeakingAt = createdAt / 1_000;
      item.metrics.stoppedSpeakingAt = (createdAt + ms) / 1_000;
    }
    session.emit(voice.AgentSessionEventTypes.ConversationItemAdded, { item });
  };
  says('assistant', 'Hello.', T0);
  for (const blank of ['', ' ', '\u200b', '\n']) says('user', blank, T0);
  emptySince = T0 + 1_000;
  says('assistant', 'One moment.', T0 + 999);
  says('user', 'Goodbye.', T0 + 900);
  says('assistant', 'I have to go now.', T0 + 1_000);
  // The caller was removed, or lost, in the middle.
  says('assistant', 'One two three four.', T0, 2_000);
  says('assistant', 'Hm.', T0 + 500, 2_000);
  emptySince = undefined;
  says('assistant', 'There you are.', T0 + 1_500, 2_000);
  expect(said).toEqual(['Hello.', 'One moment.', 'Goodbye.', 'One two', 'There you are.']);
});

it('reports at the end what the models used, without what costs nothing', () => {
  const modelUsage = [
    {
      ...{ type: 'llm_usage', provider: 'openai', model: 'gpt', inputTokens: 120 },
      ...{ inputCachedTokens: 20, inputAudioTokens: 0, outputTokens: 30, sessionDurationMs: 9 },
    },
    { type: 'stt_usage', provider: 'local', model: 'small', audioDurationMs: 4_000 },
    { type: 'tts_usage', provider: 'local', charactersCount: 62, audioDurationMs: 5_000 },
    { type: 'tts_usage', provider: 'other', model: 'unused', charactersCount: 0 },
    { type: 'llm_usage', provider: 'unknown', model: 'FallbackAdapter', inputTokens: 120 },
    { type: 'eot_usage', provider: 'livekit', model: 'turns', totalRequests: 3 },
  ];
  const reported: EventData[] = [];
  reportUsage({ usage: { modelUsage } as never }, (what) => reported.push(what), {
    ...{ agent: 'front-desk', deployment: 'staging' },
  });
  expect(reported).toEqual([
    {
      kind: 'usage',
      agent: 'front-desk',
      deployment: 'staging',
      models: [
        {
          ...{ type: 'llm', provider: 'openai', model: 'gpt' },
          ...{ inputTokens: 120, cachedTokens: 20, outputTokens: 30 },
        },
        { type: 'stt', provider: 'local', model: 'small', audioMs: 4_000 },
        { type: 'tts', provider: 'local', model: '', audioMs: 5_000, characters: 62 },
      ],
    },
  ]);
});

/** When the caller stopped speaking: seconds since 1970. */
const STOPPED = 1_000;
const question = { metrics: { stoppedSpeakingAt: STOPPED, transcriptionDelay: 0.2 } };
const answer = { metrics: { e2eLatency: 0.9 } };
/** A request whose first token arrived this many milliseconds after the caller's speech. */
const token = (after: number) => ({
  timestamp: STOPPED * 1_000 + after + 300,
  durationMs: 400,
  ttftMs: 100,
});

describe('the latency of an answer', () => {
  /** Steps in order: the question, and requests by the time of their first token. */
  test.each<[string, ('question' | number)[], object]>([
    ['spoken', ['question', 500], { firstToken: 500 }],
    ['generated preemptively', [300, 'question'], { firstToken: 300 }],
    [
      'generated before the end of the speech was noticed',
      [-200, -20, 'question'],
      { firstToken: 0 },
    ],
    ['with a tool before', ['question', 400, 800], { firstToken: 400 }],
    [
      'started while the caller was speaking, and again',
      [-200, 'question', 600],
      { firstToken: 600 },
    ],
    ['without a language model', ['question'], {}],
  ])('%s', (_, steps, expected) => {
    const clock = new ReplyClock();
    for (const step of steps) {
      if (step === 'question') clock.question(question);
      else clock.request(token(step));
    }
    clock.request({ ...token(1), ttftMs: -1 });
    expect(clock.answer(answer)).toEqual({ transcript: 200, firstAudio: 900, ...expected });
  });

  test('to a typed question or a greeting: none', () => {
    const clock = new ReplyClock();
    clock.request(token(1));
    expect(clock.answer({ metrics: {} })).toBeUndefined();
  });

  test('each measurement belongs to one answer', () => {
    const clock = new ReplyClock();
    clock.question(question);
    clock.request(token(500));
    clock.answer(answer);
    expect(clock.answer(answer)).toEqual({ firstAudio: 900 });
  });
});
