import { initializeLogger, JobRequest } from '@livekit/agents';
import { ParticipantInfo_Kind } from '@livekit/protocol';
import { ParticipantInfo, TrackInfo, TrackType } from 'livekit-server-sdk';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Admission, openAdmission } from '@/agent/worker/admission';
import { answerRequest, type OfferedRoom, refusal } from '@/agent/worker/request';
import type { EventData } from '@/lib/calls/event';
import { findAgent } from '@/lib/core/catalogue';
import { type AgentHandoffContext, writeHandoffContext } from '@/lib/dispatch/handoff-context';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  AVATAR_ATTRIBUTE,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';

initializeLogger({ pretty: false, level: 'silent' });

/** Milliseconds LiveKit waits for an answer (DefaultClientTimeout of its psrpc client). */
const LIVEKIT_WAITS_MS = 3_000;

const room: OfferedRoom = {
  name: 'call-1',
  ageHours: 0,
  people: [],
  handoffContext: undefined,
  worker: 'w-1',
};
/** Signing options of a handoff context for that room. */
const SIGNING = { room: 'call-1', secret: 'a secret of the LiveKit server' };
const resume = (avoid: string) => ({ kind: 'resume' as const, history: [], avoid });
const LISTENS = { [AGENT_STATE_ATTRIBUTE]: 'listening' };
const AVATAR = { [AVATAR_ATTRIBUTE]: 'agent-1' };
const person = (attributes: Record<string, string> = {}) =>
  new ParticipantInfo({ identity: 'anna', attributes });

describe('rejections', () => {
  const colleague = person({ [PERSON_ATTRIBUTES.takeover]: 'leave' });
  test.each<[string, Partial<OfferedRoom>, RegExp | undefined]>([
    ['a fresh, empty room', {}, undefined],
    ['a caller waits', { people: [person()] }, undefined],
    ['participants unknown', { people: undefined }, undefined],
    ['a name of 256 bytes', { name: 'é'.repeat(128) }, undefined],
    ['a name of 257 bytes', { name: `${'é'.repeat(128)}x` }, /longer than 256 bytes/],
    ['no name', { name: '' }, /no name/],
    ['a day old', { ageHours: 24 }, undefined],
    ['forgotten', { ageHours: 24.1 }, /older than 24 hours/],
    ['a person has taken over', { people: [person(), colleague] }, /taken over/],
    ['another worker failed', { handoffContext: resume('w-2') }, undefined],
    ['this worker failed', { handoffContext: resume('w-1') }, /failed at this call/],
    ['its agent reconnects', { comesBack: true }, /its agent reconnects/],
    ['it was lost for good', { comesBack: true, handoffContext: resume('w-2') }, undefined],
    [
      'called back',
      { people: [person(), colleague], handoffContext: { kind: 'callback' } },
      undefined,
    ],
    [
      'a colleague with whom the agent stays',
      { people: [person(), person({ [PERSON_ATTRIBUTES.takeover]: 'stay' })] },
      undefined,
    ],
  ])('%s', (_, offered, expected) => {
    const said = refusal({ ...room, ...offered });
    if (expected) expect(said).toMatch(expected);
    else expect(said).toBeUndefined();
  });
});

describe('always an answer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const agent = findAgent('front-desk');
  if (!agent) throw new Error('front-desk is not in the catalogue');
  type Accepted = { name: string; identity: string; attributes?: Record<string, string> };

  /** Offers a job and returns the answer within LiveKit's timeout. */
  async function offer(
    options: {
      job?: Record<string, unknown>;
      listParticipants?: () => Promise<unknown>;
      listDispatch?: () => Promise<unknown>;
      admission?: Partial<Admission>;
      reconnecting?: boolean;
      accept?: () => Promise<void>;
    } = {},
  ) {
    const answers: string[] = [];
    const removed: string[] = [];
    const reported: object[] = [];
    let accepted: Accepted | undefined;
    const job = {
      id: 'AJ_1',
      room: { name: 'call-1', creationTime: BigInt(Math.floor(Date.now() / 1_000)) },
      metadata: '',
      ...options.job,
    };
    const request = new JobRequest(
      job as unknown as ConstructorParameters<typeof JobRequest>[0],
      async () => void answers.push('rejected'),
      async (args) => {
        answers.push('accepted');
        accepted = args;
        await options.accept?.();
      },
    );
    const rooms = {
      listParticipants: options.listParticipants ?? (async () => []),
      removeParticipant: async (_room: string, identity: string) => void removed.push(identity),
    } as unknown as Parameters<typeof answerRequest>[1]['rooms'];
    const admission = { ...openAdmission(1, () => []), ...options.admission };
    void answerRequest(request, {
      agent,
      admission,
      rooms,
      dispatches: {
        listDispatch: options.listDispatch ?? (async () => []),
      },
      reconnecting: {
        has: ({ room, agent }: Record<string, string>) =>
          Boolean(options.reconnecting) && room === 'call-1' && agent === 'front-desk',
      },
      secret: SIGNING.secret,
      attributes: { a: 'b', [AGENT_ATTRIBUTES.worker]: 'w-1' },
      report: (where: object, what: EventData) => reported.push({ ...where, ...what }),
    } as never);
    await vi.advanceTimersByTimeAsync(LIVEKIT_WAITS_MS - 500);
    return { answers, removed, accepted, reported };
  }

  test('a job is accepted with a name and an identity', async () => {
    const { answers, accepted, reported } = await offer();
    expect(answers).toEqual(['accepted']);
    expect(accepted).toMatchObject({ name: 'Ada', identity: 'front-desk-AJ_1' });
    expect(accepted?.attributes).toMatchObject({ a: 'b' });
    expect(reported).toMatchObject([
      { room: 'call-1', kind: 'job_assigned', job: 'AJ_1', agent: 'front-desk', worker: 'w-1' },
    ]);
  });

  test('an agent dispatched by a handoff waits', async () => {
    const from = { agent: 'front-desk', person: 'Ada', identity: 'front-desk-AJ_0' };
    const reported: AgentHandoffContext = { kind: 'handoff', from, summary: 'A bill.', said: [] };
    const metadata = writeHandoffContext(reported, SIGNING);
    const { accepted } = await offer({ job: { metadata } });
    expect(accepted?.attributes).toMatchObject({ [AGENT_ATTRIBUTES.waiting]: 'yes' });
    const forged = await offer({ job: { metadata: JSON.stringify({ callboard: reported }) } });
    expect(forged.accepted?.attributes).not.toHaveProperty([AGENT_ATTRIBUTES.waiting]);
  });

  describe('an agent dispatched without a handoff', () => {
    const audio = [new TrackInfo({ type: TrackType.AUDIO })];
    const ours = { [AGENT_ATTRIBUTES.agent]: 'billing' };
    test.each<[string, Partial<ParticipantInfo>, 'waits' | 'speaks']>([
      [
        'an agent of another program talks',
        { kind: ParticipantInfo_Kind.AGENT, tracks: audio },
        'waits',
      ],
      [
        'it says that it listens',
        { kind: ParticipantInfo_Kind.AGENT, attributes: LISTENS },
        'waits',
      ],
      ['it has not begun', { kind: ParticipantInfo_Kind.AGENT }, 'speaks'],
      [
        'an avatar',
        { kind: ParticipantInfo_Kind.AGENT, tracks: audio, attributes: AVATAR },
        'speaks',
      ],
      [
        'an agent of ours',
        { kind: ParticipantInfo_Kind.AGENT, tracks: audio, attributes: ours },
        'speaks',
      ],
      ['a caller', { tracks: audio }, 'speaks'],
    ])('%s', async (_, other, expected) => {
      const people = [new ParticipantInfo({ identity: 'other', ...other })];
      const { accepted } = await offer({ listParticipants: async () => people });
      expect(accepted?.attributes?.[AGENT_ATTRIBUTES.waiting]).toBe(
        expected === 'waits' ? 'yes' : undefined,
      );
    });
  });

  test.each([
    ['never answers', () => new Promise(() => {})],
    ['fails', () => Promise.reject(new Error('503'))],
  ])('the server %s', async (_, listParticipants) => {
    expect((await offer({ listParticipants })).answers).toEqual(['accepted']);
  });

  test('a job without a room, or with unreadable metadata', async () => {
    expect((await offer({ job: { room: undefined } })).answers).toEqual(['rejected']);
    expect((await offer({ job: { metadata: undefined } })).answers).toHaveLength(1);
  });

  test('no free slot', async () => {
    const { answers, reported } = await offer({ admission: { refusal: () => 'full' } });
    expect(answers).toEqual(['rejected']);
    expect(reported).toMatchObject([{ kind: 'job_refused', reason: 'full' }]);
  });

  test('an error during the checks', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    expect((await offer({ admission: { refusal: broken } })).answers).toEqual(['rejected']);
  });

  test('a newer job ends the older one of the same agent, and no other', async () => {
    const there = [
      { identity: 'front-desk-AJ_0', attributes: { [AGENT_ATTRIBUTES.agent]: 'front-desk' } },
      { identity: 'agent-AJ_9', attributes: { 'lk.agent_name': 'front-desk' } },
      { identity: 'billing-AJ_0', attributes: { [AGENT_ATTRIBUTES.agent]: 'billing' } },
      { identity: 'anna', attributes: {} },
    ];
    const job = { state: { participantIdentity: 'front-desk-AJ_0' } };
    const { answers, removed } = await offer({
      listParticipants: async () => there,
      listDispatch: async () => [{ agentName: 'front-desk', state: { jobs: [job] } }],
    });
    expect(answers).toEqual(['accepted']);
    expect(removed).toEqual(['front-desk-AJ_0', 'agent-AJ_9']);
  });

  test('the server has restarted and the caller is back before the agent, which continues', async () => {
    const reconnecting = true;
    const first = await offer({ reconnecting });
    expect(first.answers).toEqual(['rejected']);
    expect(first.reported).toMatchObject([
      { kind: 'job_refused', reason: expect.stringMatching(/reconnects/) },
    ]);
    const listParticipants = async () => [person()];
    expect((await offer({ reconnecting, listParticipants })).answers).toEqual(['rejected']);
    const other = { name: 'call-2', creationTime: 0n };
    expect((await offer({ reconnecting, job: { room: other } })).answers).toEqual(['accepted']);
    // Failover has given it up.
    const metadata = writeHandoffContext({ kind: 'resume', history: [] }, SIGNING);
    expect((await offer({ reconnecting, job: { metadata } })).answers).toEqual(['accepted']);
  });

  test('the room was recreated on another node: the agent that was there continues', async () => {
    const attributes = { [AGENT_ATTRIBUTES.agent]: 'front-desk' };
    const there = [{ identity: 'front-desk-AJ_0', kind: ParticipantInfo_Kind.AGENT, attributes }];
    const listParticipants = async () => there;
    const again = [{ agentName: 'front-desk', state: { jobs: [] } }];
    const moved = await offer({ listParticipants, listDispatch: async () => again });
    expect([moved.answers, moved.removed]).toEqual([['rejected'], []]);
    const job = { state: { participantIdentity: 'front-desk-AJ_0' } };
    const sent = [{ agentName: 'front-desk', state: { jobs: [job] } }, ...again];
    const second = await offer({ listParticipants, listDispatch: async () => sent });
    expect([second.answers, second.removed]).toEqual([['accepted'], ['front-desk-AJ_0']]);
    for (const listDispatch of [
      () => new Promise(() => {}),
      () => Promise.reject(new Error('503')),
    ]) {
      const unknown = await offer({ listParticipants, listDispatch });
      expect([unknown.answers, unknown.removed]).toEqual([['rejected'], []]);
      const metadata = writeHandoffContext({ kind: 'resume', history: [] }, SIGNING);
      const word = await offer({ job: { metadata }, listParticipants, listDispatch });
      expect(word.answers).toEqual(['accepted']);
    }
  });
});
