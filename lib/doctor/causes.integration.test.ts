// Real faults: LiveKit's server as `npm start` configures it, and worker processes that are
// full, silent, refused, frozen or killed. The doctor must name that cause and no other, and until then
// only say that an agent may be on its way. All rooms are diagnosed together, because most causes take
// LiveKit, or the doctor's timeouts, some seconds to show.

import { dispose, type Room } from '@livekit/rtc-node';
import { RoomAgentDispatch } from 'livekit-server-sdk';
import PQueue from 'p-queue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withoutProbes } from '@/lib/calls/ingest/recent-activity';
import type { Config } from '@/lib/core/config';
import type { CheckResult } from '@/lib/core/finding';
import { waitFor } from '@/lib/core/wait';
import type { Cause } from '@/lib/doctor/diagnosis/causes';
import { diagnoseRoom } from '@/lib/doctor/diagnosis/diagnose-room';
import { joinWithoutMedia } from '@/lib/doctor/testing/signal-only';
import {
  type DoctorStage,
  doctorStage,
  LIMIT_MS,
  type OddWorkers,
} from '@/lib/doctor/testing/stage';
import { liveKit } from '@/lib/livekit/clients';
import { newProbeRoom } from '@/lib/livekit/probe-room';
import { server } from '@/lib/server';
import { joinAs } from '@/lib/testing/participant';
import { freePort } from '@/lib/testing/ports';

/** Milliseconds between two diagnoses of a room. */
const LOOK_EVERY_MS = 300;
/** Twenty rooms at once would keep a busy machine from answering in time, and the doctor would say so. */
const diagnoses = new PQueue({ concurrency: 2 });

/** Sets a process's clock an hour ahead. */
const CLOCK = `const Real = Date; const by = 3_600_000;
  globalThis.Date = class extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + by); }
    static now() { return Real.now() + by; }
  };`;

let stage: DoctorStage;
let frozen: OddWorkers;
let killed: OddWorkers;
const leave: (() => unknown)[] = [];

/** Creates a room with this agent's dispatch. Returns its name. */
async function sendFor(agentName: string, deployment = '', metadata = ''): Promise<string> {
  const name = newProbeRoom();
  const agents = agentName ? [new RoomAgentDispatch({ agentName, deployment })] : [];
  await stage.livekit.rooms.createRoom({ name, emptyTimeout: 60, metadata, agents });
  return name;
}

interface Verdict {
  /** All causes named until then, without repetition. */
  readonly said: readonly Cause[];
  readonly last: CheckResult & { readonly cause: Cause };
}

/** Asks until the doctor names `cause`, or the time is up. */
async function ask(room: string, cause: Cause): Promise<Verdict> {
  const said = new Set<Cause>();
  const diagnose = () => diagnoses.add(() => diagnoseRoom(server(), room));
  let last = await diagnose();
  said.add(last.cause);
  await waitFor(LIMIT_MS, async () => {
    if (last.cause === cause) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    last = await diagnose();
    said.add(last.cause);
    return undefined;
  });
  return { said: [...said], last };
}

/** Each fault, and what the doctor says about it. */
type Case = readonly [what: string, room: () => Promise<string>, cause: Cause, words: string];
const CASES: readonly Case[] = [
  ['a healthy worker', () => sendFor('well'), 'there', ''],
  ['upper and lower case', () => sendFor('WELL'), 'other-case', '“well”'],
  ['a typing mistake', () => sendFor('wel'), 'no-worker', '“well”'],
  ['another deployment', () => sendFor('well', 'staging'), 'other-deployment', 'on production'],
  ['production written out', () => sendFor('well', 'production'), 'named-production', ''],
  ['an underscore in a deployment', () => sendFor('well', 'a_b'), 'deployment-refused', ''],
  ['a deployment too long', () => sendFor('well', 'x'.repeat(65)), 'deployment-refused', ''],
  ['automatic dispatch', () => sendFor(''), 'automatic-expected', ''],
  ['an agent in metadata', () => sendFor('', '', '{"agent":"well"}'), 'name-in-metadata', ''],
  ['no worker of that name', () => sendFor('nobody-at-all'), 'no-worker', ''],
  ['a worker that is full', () => sendFor('always-full'), 'full', ''],
  ['a request handler that never answers', () => sendFor('never-answers'), 'unanswered', ''],
  ['a worker that refuses', () => sendFor('says-no'), 'refused', ''],
  ['a worker that refuses with a reason', () => saysWhy(), 'refused', '“it is Sunday”'],
  ['a job that was accepted and never joined', () => sendFor('stays-away'), 'never-joined', ''],
  ['a worker that cannot start calls', () => sendFor('cannot-start'), 'never-joined', ''],
  ['a worker of another server', () => sendFor('goes-elsewhere'), 'wrong-server', ''],
  ['a caller without media', () => withoutMedia('standard'), 'caller-media-blocked', 'ports for'],
  ['an agent without media', () => withoutMedia('agent'), 'agent-media-blocked', 'ports for'],
  ['a worker that is frozen', () => sendFor('freezes'), 'frozen', 'w-'],
  ['a worker that was killed', () => sendFor('dies'), 'worker-gone', ''],
];
/**
 * Causes that are named later than others: no worker of the name, none on this server, no response; and until
 * a worker has been silent for long enough, another one that the server refused.
 */
const LATER: readonly Cause[] = [
  ...(['caller-media-blocked', 'agent-media-blocked', 'wrong-server', 'frozen'] as const),
  'worker-gone',
];
const verdicts = new Map<string, Promise<Verdict>>();

async function saysWhy(): Promise<string> {
  const room = await sendFor('says-why');
  const about = { agent: 'says-why', deployment: 'production', worker: 'w-7' };
  const what = { kind: 'job_refused', job: 'AJ', ...about, reason: 'it is Sunday' } as const;
  withoutProbes(server(), [{ id: 'e', room, source: 'worker:w-7', at: Date.now(), what }]);
  return room;
}

async function withoutMedia(kind: 'agent' | 'standard'): Promise<string> {
  const room = await sendFor('nobody-at-all');
  leave.push(await joinWithoutMedia(stage.config, room, kind));
  return room;
}

beforeAll(async () => {
  stage = await doctorStage();
  const elsewhere = `ws://127.0.0.1:${await freePort()}`;
  const others = stage.workers([
    { agent: 'well' },
    { agent: 'always-full', way: 'full' },
    { agent: 'never-answers', way: 'silent' },
    { agent: 'says-no', way: 'rejects' },
    { agent: 'says-why', way: 'rejects' },
    { agent: 'stays-away' },
    { agent: 'cannot-start', way: 'cannot-start' },
    { agent: 'goes-elsewhere', settings: { LIVEKIT_URL: elsewhere } },
    { agent: 'front-desk', settings: { LIVEKIT_AGENT_DEPLOYMENT: 'a_b' } },
  ]);
  frozen = stage.workers([{ agent: 'freezes' }]);
  killed = stage.workers([{ agent: 'dies' }]);
  await Promise.all([others, frozen, killed].map((one) => one.live()));
  frozen.signal('SIGSTOP');
  await killed.kill();
  for (const [what, room, cause] of CASES) {
    const asking = room().then((name) => ask(name, cause));
    verdicts.set(what, asking);
    // The healthy worker must not start its job while others start theirs.
    if (cause === 'there') await asking;
  }
}, 2 * LIMIT_MS);
afterAll(async () => {
  for (const one of leave) await one();
  frozen?.signal('SIGCONT');
  await stage?.close();
  await dispose();
}, LIMIT_MS);

it.each(CASES)('%s', { timeout: 2 * LIMIT_MS }, async (what, _, cause, words) => {
  const { said, last } = (await verdicts.get(what)) as Verdict;
  expect([last.cause, last.evidence]).toEqual([cause, expect.anything()]);
  if (!LATER.includes(cause)) {
    expect(said.filter((one) => one !== 'on-its-way')).toEqual([cause]);
  }
  expect(last.state === 'ok').toBe(cause === 'there');
  expect(`${last.seen} ${last.todo}`).toContain(words);
});

it('names a token whose agents are ignored because the room existed', async () => {
  const room = await sendFor('');
  const caller: Room = await joinAs(stage.config, room, { identity: 'caller' });
  leave.push(() => caller.disconnect());
  const asked = { agent: 'well', deployment: 'production', at: Date.now() + 5_000 };
  expect((await diagnoseRoom(server(), room, asked)).cause).toBe('token-ignored');
});

it('names a wrong secret, key or server on our side, and an unknown room', async () => {
  const room = await sendFor('nobody-at-all');
  const causeWith = async (settings: Partial<Config>, name = room) => {
    const config = { ...stage.config, ...settings };
    const own = { ...server(), config, livekit: liveKit(config) };
    return (await diagnoseRoom(own, name)).cause;
  };
  expect(await causeWith({ LIVEKIT_API_SECRET: 'y'.repeat(40) })).toBe('web-secret');
  expect(await causeWith({ LIVEKIT_API_KEY: 'APIother' })).toBe('web-key');
  const away = `ws://127.0.0.1:${await freePort()}`;
  expect(await causeWith({ LIVEKIT_URL: away })).toBe('server-unreachable');
  expect(await causeWith({}, newProbeRoom())).toBe('no-room');
});

it('names a worker whose deployment the server refuses', async () => {
  const room = await sendFor('front-desk');
  await expect
    .poll(async () => (await diagnoseRoom(server(), room)).evidence)
    .toContainEqual(expect.stringContaining('unable to handle worker signal'));
});

// In sequence: both depend on the worker that the server refused last.
it.each([
  ['clock', 'line-check', {}, `--import=data:text/javascript,${encodeURIComponent(CLOCK)}`],
  ['secret', 'billing', { LIVEKIT_API_SECRET: 'x'.repeat(40) }, ''],
] as const)(
  'a worker that is turned away for its %s',
  { timeout: 2 * LIMIT_MS },
  async (why, agent, settings, options) => {
    const room = await sendFor(agent);
    const workers = stage.workers([{ agent, settings }], options);
    const { last } = await ask(room, `worker-${why}`);
    expect(last.cause).toBe(`worker-${why}`);
    expect(last.state).toBe('fail');
    await workers.kill();
  },
);
