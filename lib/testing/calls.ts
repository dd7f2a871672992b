// Sample calls for tests and for looking at pages, with events as the web process, LiveKit and a worker report them. The
// same seed creates the same call.
import type { CallEvent, EventData, EventOf, EventSpan } from '@/lib/calls/event';
import { SUCCESS } from '@/lib/core/outcome';
import { randomNumbers } from '@/lib/core/random-numbers';
import type { EndReason } from '@/lib/livekit/end-reason';

const CALLERS = ['Anna', 'Margaret Hale', 'Tom Okafor', 'Li Wei', 'Grace', ''] as const;
const AGENTS = [
  ['front-desk', 'Ada'],
  ['line-check', 'Milo'],
  ['billing', 'Frank'],
] as const;
const TALK = [
  ['When are you open on Saturday?', 'On Saturday we are open from nine to one.'],
  [
    'Could I see Doctor Lee on Friday afternoon?',
    'Doctor Lee has half past two or a quarter past four.',
  ],
  [
    'Half past two is fine.',
    'Friday at half past two, with Doctor Lee. What name shall I put down?',
  ],
  [
    'What is your address?',
    'Fourteen Brook Street, beside the library. There is parking behind it.',
  ],
  ['Can I bring my daughter?', 'Of course you can.'],
  [
    'I would like to leave a message for the nurse about my blood test last week.',
    'What should I tell her?',
  ],
  ['That is all, thank you.', 'Thank you for calling. Goodbye!'],
] as const;

/** Properties of a sample call; missing ones are random. */
export interface Sample {
  readonly agent?: 0 | 1 | 2;
  readonly deployment?: 'production' | 'staging';
  readonly turns?: number;
  /** `on`: in progress; `none`: no agent joins. */
  readonly ending?: 'caller' | 'agent' | 'failed' | 'none' | 'on';
  /** With a handoff to billing, and a colleague who joins. */
  readonly others?: boolean;
}

/**
 * The events of a call in order.
 * @param at time of the request, milliseconds since 1970
 */
export function sampleCall(seed: number, at: number, sample: Sample = {}): CallEvent[] {
  const draw = randomNumbers(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)] as T;
  const id = `sample-${seed}`;
  const room = `room-${seed}`;
  const caller = pick(CALLERS);
  const identity = `caller-${seed}`;
  const [agent, person] = AGENTS[sample.agent ?? Math.floor(draw() * AGENTS.length)] ?? AGENTS[0];
  const deployment = sample.deployment ?? (draw() < 0.2 ? 'staging' : 'production');
  const ending = sample.ending ?? pick(['caller', 'caller', 'agent', 'agent', 'failed', 'none']);
  const worker = 'worker:w-1';
  const robot = `agent-${seed}`;
  const events: CallEvent[] = [];
  let now = at;
  const add = (source: string, what: EventData, ms = now) =>
    events.push({ id: `${id}-${events.length}`, call: id, room, source, at: Math.round(ms), what });
  const pass = (least: number, most: number) => {
    now += Math.round(least + draw() * (most - least));
    return now;
  };
  const says = (
    speaker: 'caller' | 'agent' | 'person',
    by: string,
    text: string,
    more: Partial<EventOf<'turn'>> = {},
  ) => {
    const startedAt = now;
    const ms = more.typed ? 0 : text.length * 55 * (more.interrupted ? 0.5 : 1);
    now += Math.round(ms);
    const who = speaker === 'caller' ? identity : speaker === 'agent' ? robot : `person-${seed}`;
    add(worker, {
      kind: 'turn',
      speaker,
      identity: who,
      by,
      text,
      startedAt,
      endedAt: now,
      ...more,
    });
  };
  const end = (why: EndReason, left?: EndReason) => {
    if (left) add('livekit', { kind: 'person_left', identity, why: left });
    add('web', { kind: 'ended', why });
    add('livekit', { kind: 'room_finished' }, pass(20, 90));
    return events;
  };

  add('web', {
    kind: 'requested',
    origin: 'page',
    agent,
    deployment,
    identity,
    ...(caller && { name: caller }),
  });
  add('web', { kind: 'token_minted', ms: 4 + Math.round(draw() * 9) }, pass(6, 14));
  add('livekit', { kind: 'room_started' }, pass(90, 180));
  add('web', { kind: 'dispatched', agent, deployment, by: 'token' }, pass(2, 8));
  add('livekit', { kind: 'person_joined', identity, name: caller, role: 'caller' }, pass(20, 60));
  if (ending === 'none') {
    pass(16_000, 24_000);
    return end('caller-left', 'left');
  }
  add(
    worker,
    { kind: 'job_assigned', job: `job-${seed}`, agent, deployment, worker: 'w-1' },
    pass(10, 40),
  );
  add(
    worker,
    { kind: 'agent_joined', identity: robot, agent, deployment, worker: 'w-1' },
    pass(140, 400),
  );
  add(worker, { kind: 'agent_state', identity: robot, state: 'speaking' }, pass(200, 500));
  add(worker, { kind: 'first_audio', identity: robot, agent });
  says('agent', person, `Good morning, Willow Street Practice, this is ${person}. How can I help?`);
  const turns = sample.turns ?? 2 + Math.floor(draw() * 6);
  for (let turn = 0; turn < turns; turn += 1) {
    add(worker, { kind: 'agent_state', identity: robot, state: 'listening' });
    pass(300, 2_500);
    const [ask, answer] = TALK[turn % TALK.length] ?? TALK[0];
    says('caller', caller || 'Caller', ask, draw() < 0.12 ? { typed: true } : {});
    add(worker, { kind: 'agent_state', identity: robot, state: 'thinking' });
    const slow = draw() < 0.12 ? 900 : 0;
    const transcript = Math.round(60 + draw() * 90);
    const firstToken = transcript + Math.round(100 + draw() * 200 + slow);
    const firstAudio = firstToken + Math.round(80 + draw() * 180);
    if (turn % 3 === 1) {
      const ms = 20 + Math.round(draw() * 60);
      add(
        worker,
        {
          kind: 'tool',
          identity: robot,
          tool: 'find_times',
          label: 'Looked for free times',
          args: '{"doctor":"Lee","day":"2026-11-27"}',
          result: '["14:30","16:15"]',
          failed: draw() < 0.15,
          ms,
        },
        now + transcript,
      );
    }
    now += firstAudio;
    add(worker, { kind: 'agent_state', identity: robot, state: 'speaking' });
    says('agent', person, answer, {
      interrupted: draw() < 0.15,
      latency: { transcript, firstToken, firstAudio },
    });
    if (sample.others && turn === 2) {
      add(worker, { kind: 'handed_off', from: agent, to: 'billing' });
      add(
        worker,
        {
          kind: 'agent_joined',
          identity: `billing-${seed}`,
          agent: 'billing',
          deployment,
          worker: 'w-2',
        },
        pass(200, 400),
      );
      says('agent', 'Frank', 'This is Frank from billing. I have your invoice here.');
      add(
        'livekit',
        { kind: 'person_joined', identity: `person-${seed}`, name: 'Sam', role: 'colleague' },
        pass(500, 900),
      );
      says('person', 'Sam', 'Sam here. I can take it from now on.');
      add('livekit', { kind: 'connection', identity, state: 'reconnecting' }, pass(200, 300));
      add('livekit', { kind: 'connection', identity, state: 'reconnected' }, pass(900, 1_500));
    }
  }
  if (turns > 2 && agent === 'front-desk')
    add(worker, {
      kind: 'outcome',
      outcome: draw() < 0.6 ? 'appointment' : 'message',
      caller: caller || 'Jane Miller',
    });
  if (ending === 'on') return events;
  pass(400, 1_200);
  if (ending === 'failed') {
    add(worker, {
      kind: 'error',
      where: 'speech to text',
      message: 'The speech server closed the connection',
      stack:
        'Error: The speech server closed the connection\n    at Listener.end (agent/speech/listener.ts:118:11)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    });
    add(worker, { kind: 'agent_left', identity: robot, agent, why: 'error' });
    return end('error');
  }
  add(worker, {
    kind: 'usage',
    agent,
    deployment,
    models: [
      {
        type: 'llm',
        provider: 'openai',
        model: 'gpt-5-mini',
        inputTokens: 1_840,
        outputTokens: 212,
      },
      { type: 'stt', provider: 'local', model: 'moonshine', audioMs: 42_300 },
      { type: 'tts', provider: 'local', model: 'flite', audioMs: 31_800, characters: 486 },
    ],
  });
  if (ending === 'agent')
    add(worker, { kind: 'agent_left', identity: robot, agent, why: 'goodbye' });
  return end(
    ending === 'agent' ? 'goodbye' : 'caller-left',
    ending === 'agent' ? 'room-deleted' : 'left',
  );
}

/** The instructions in {@link uploadedEvents}. */
export const INSTRUCTIONS = 'You are Nora, the night porter of the practice.';

/**
 * What an agent in a worker of another team uploads about a call: its version, a question with its answer, the measured
 * steps of that, and how the call was judged.
 * @param at when the question begins, milliseconds since 1970
 */
export function uploadedEvents(where: Pick<CallEvent, 'call' | 'room'>, at: number): CallEvent[] {
  const agent = 'night-desk';
  const whats: readonly (readonly [ms: number, what: EventData])[] = [
    [
      -200,
      {
        ...{ kind: 'agent_config', agent, deployment: 'production', version: 'v7-3f2a' },
        ...{ tools: ['find_times', 'book'], instructions: INSTRUCTIONS },
      },
    ],
    [
      4_000,
      {
        ...{ kind: 'turn', speaker: 'caller', identity: 'caller', by: 'Grace' },
        ...{ text: 'Could I come on Friday, please?', startedAt: at, endedAt: at + 2_400 },
      },
    ],
    [
      9_000,
      {
        ...{ kind: 'turn', speaker: 'agent', identity: 'agent-AJ_1', by: 'Nora' },
        ...{
          text: 'On Friday there is half past two.',
          startedAt: at + 4_100,
          endedAt: at + 7_300,
        },
        latency: { transcript: 180, endOfTurn: 420, firstToken: 790, firstAudio: 1_700 },
      },
    ],
    [9_100, { kind: 'spans', agent, spans: uploadedSpans(at) }],
    [9_200, { kind: 'tagged', agent, tag: 'new patient' }],
    [9_300, { kind: 'tagged', agent, tag: 'booked' }],
    [
      9_400,
      {
        ...{ kind: 'evaluation', agent, name: 'politeness', verdict: 'pass' },
        reason: 'The agent said please.',
      },
    ],
    [9_500, { kind: 'evaluation', agent, name: 'brevity', verdict: 'maybe' }],
    [9_600, { kind: 'outcome', outcome: SUCCESS, reason: 'The caller has an appointment.' }],
  ];
  return whats.map(([ms, what], index) => {
    return { id: `${where.call}-up-${index}`, ...where, source: 'agent:AJ_1', at: at + ms, what };
  });
}

/** Spans of an answer with a tool, named and nested as LiveKit's framework does. */
function uploadedSpans(at: number): EventSpan[] {
  const span = (name: string, from: number, to: number, more: Partial<EventSpan> = {}) => ({
    ...{ id: `${at}-${name}-${from}`, name, startedAt: at + from, endedAt: at + to },
    ...more,
  });
  const turn = span('agent_turn', 2_830, 3_900);
  return [
    span('user_speaking', 0, 2_400),
    span('user_turn', 0, 2_820),
    turn,
    span('llm_node', 2_840, 3_250, { parent: turn.id, what: 'gpt-5-mini', firstMs: 350 }),
    span('function_tool', 3_260, 3_420, { parent: turn.id, what: 'find_times' }),
    span('llm_node', 3_430, 3_890, { parent: turn.id, what: 'gpt-5-mini', firstMs: 300 }),
    span('tts_node', 3_700, 6_900, { what: 'flite', firstMs: 380 }),
    span('agent_speaking', 4_100, 7_300),
  ];
}
