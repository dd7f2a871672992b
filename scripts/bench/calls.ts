// Speed of lists, filters and searches with many calls, and what their deletion costs others: `npm run bench:calls`. Uses a
// temporary folder, or the empty PostgreSQL database of DATABASE_URL.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sumBy } from 'es-toolkit';
import type { StoredEvent } from '@/lib/calls/event';
import { eventRowOf, rowOf } from '@/lib/calls/store/call-row';
import type { CallFilter } from '@/lib/calls/store/read-calls';
import { callRooms, calls, events } from '@/lib/calls/store/schema';
import {
  agentStats,
  closeStore,
  listCalls,
  neighbours,
  readTimeline,
  storeEvents,
} from '@/lib/calls/store/store';
import { simulationRuns, simulationSessions } from '@/lib/calls/test-calls/tables';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { windowAt } from '@/lib/calls/view/agent-stats';
import { randomNumbers } from '@/lib/core/random-numbers';
import { withDatabase } from '@/lib/db/database';
import { server } from '@/lib/server';
import { measureDeletion } from '@/scripts/bench/deletion';
import { type Finding, measure, report } from '@/scripts/bench/table';
import { measureUploads } from '@/scripts/bench/uploads';
import { program } from '@/scripts/lib/command-line';

const [COUNT] = program('bench:calls', 'Measures lists of many calls.')
  .argument('[CALLS]', 'number of calls', Number, 100_000)
  .parse().processedArgs as [number];
/** One call every 40 s: 100,000 in a month and a half. */
const EVERY_MS = 40_000;
const AT_ONCE = 500;
/** Test calls among them. */
const RUNS = 300;
const SYLLABLES = 'ba de fo gu ki la me no pu ra se ti vo zu'.split(' ');
const USUAL =
  'please could you book an appointment for Tuesday morning thank you very much the doctor is in';

const now = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
Object.assign(process.env, {
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
  DATA_DIR: folder,
  MASK: 'email,phone,card',
});

const draw = randomNumbers();
const day = 24 * 3_600_000;
const lists: readonly [string, CallFilter][] = [
  ['newest', {}],
  ['agent, most calls', { agent: 'front-desk' }],
  ['agent, few calls', { agent: 'line-check' }],
  ['deployment', { deployment: 'staging' }],
  ['agent and deployment', { agent: 'line-check', deployment: 'staging' }],
  ['outcome', { outcome: 'appointment' }],
  ['ended by, few calls', { endedBy: 'no agent' }],
  ['ended by, none', { endedBy: 'lost' }],
  ['one day, ten days ago', { from: now - 11 * day, to: now - 10 * day }],
  ['live', { live: true }],
  ['history alone', { live: false }],
  ['test calls', { test: true }],
  ['history without test calls', { live: false, test: false }],
  ['account', { account: 'account-1' }],
  ['text in nearly all', { text: 'appointment' }],
  ['text in many', { text: 'debade' }],
  ['text in few', { text: 'zuzuba' }],
  ['text in none', { text: 'xylophone' }],
  ['two words', { text: 'doctor debade' }],
  ['a phrase', { text: '"tuesday morning"' }],
  ['a phrase in few, of words in nearly all', { text: '"doctor morning thank please book"' }],
  ['without a word of nearly all', { text: '-appointment' }],
  ['text and account', { text: 'debade', account: 'account-1' }],
  ['text and agent', { text: 'appointment', agent: 'line-check' }],
  ['text and outcome', { text: 'debade', outcome: 'appointment' }],
];

try {
  const written = await fillCalls();
  // First, so that the lists have these calls too.
  const found = await measureUploads(server(), COUNT / 10, sentence);
  for (const [what, filter] of lists) {
    const list = async () => {
      const { calls: some, next } = await listCalls(server(), filter);
      return `${some.length} calls${next ? ', and more' : ''}`;
    };
    found.push(await measure(`list: ${what}`, list, { target: { median: 100 } }));
  }
  const middle = Buffer.from(JSON.stringify([now - (COUNT / 2) * EVERY_MS, 'call'])).toString(
    'base64url',
  );
  const some = (run: number) => `call-${Math.abs(run * 997) % COUNT}`;
  found.push(
    await measure('list: a page in the middle', async () => {
      return `${(await listCalls(server(), { cursor: middle })).calls.length} calls`;
    }),
    await measure('one call', async (run) => {
      return `${(await readTimeline(server(), some(run)))?.marks.length} marks`;
    }),
    await measure('its neighbours', async (run) =>
      Object.keys(await neighbours(server(), some(run))).join(),
    ),
    await measure(
      'statistics of a week, with three versions',
      async () => {
        const all = await agentStats(server(), windowAt('week', now));
        const versions = all.flatMap((one) => one.versions);
        return `${sumBy(all, (one) => one.calls)} calls, ${versions.length} versions`;
      },
      { runs: 10 },
    ),
    await measure('write a call of a dozen events', async (run) => {
      const made = madeCall(COUNT + 10 + run, now);
      await storeEvents(server(), made, now);
      return `${made.length} events`;
    }),
  );
  for (const length of [100, 1_000, 5_000]) found.push(await writeToLong(length));
  found.push(...(await measureDeletion(server(), (number) => turnOf('in-progress', number))));
  process.stdout.write(
    `${COUNT} calls and ${COUNT / 10} with uploads, ${written} events, ${process.env.DATABASE_URL ? 'PostgreSQL' : 'PGlite'}\n`,
  );
  report('bench-calls', found);
  process.exitCode = found.some(({ wrong }) => wrong) ? 1 : 0;
} finally {
  await closeStore(server());
  rmSync(folder, { recursive: true, force: true });
}

/** A turn of a call. */
function turnOf(call: string, number: number): StoredEvent {
  const at = now + number;
  return {
    ...{ id: `${call}-${number}`, call, room: call, roomSid: call, source: 'worker:w1', at },
    ...{ arrivedAt: now },
    what: {
      ...{ kind: 'turn', speaker: 'caller', identity: 'x', by: 'caller', text: sentence() },
      ...{ startedAt: at, endedAt: at },
    },
  };
}

/** Writes one event into a call that already has many: the call is recomputed each time. */
async function writeToLong(length: number): Promise<Finding> {
  const event = (number: number) => turnOf(`long-${length}`, number);
  for (let first = 0; first < length; first += 200) {
    await storeEvents(
      server(),
      Array.from({ length: Math.min(200, length) }, (_, index) => event(first + index)),
      now,
    );
  }
  return measure(
    `write one event into a call of ${length}`,
    async (run) => {
      await storeEvents(server(), [event(1_000_000 + run)], now);
      return '1 event';
    },
    { runs: 20 },
  );
}

/** One of about a thousand made-up words; low numbers are far more frequent than high ones. */
function word(): string {
  const number = Math.floor(20 ** (draw() * 3));
  return [1, 14, 196].map((size) => SYLLABLES[Math.floor(number / size) % 14]).join('');
}

function sentence(): string {
  const usual = USUAL.split(' ');
  return Array.from({ length: 12 }, () =>
    draw() < 0.7 ? usual[Math.floor(draw() * usual.length)] : word(),
  ).join(' ');
}

/** The events of call `number`, requested at `at`: about a dozen. */
function madeCall(number: number, at: number): StoredEvent[] {
  const id = `call-${number}`;
  const agent = draw() < 0.002 ? 'line-check' : draw() < 0.3 ? 'billing' : 'front-desk';
  const staff = { agent, deployment: draw() < 0.1 ? 'staging' : 'production' };
  const kept: StoredEvent[] = [];
  const add = (ms: number, source: string, what: StoredEvent['what']) =>
    kept.push({
      ...{ id: `${id}-${kept.length}`, call: id, room: `room-${number}`, roomSid: `RM_${number}` },
      ...{ source, at: at + ms, arrivedAt: at + ms + 20, what },
    });
  const identity = `caller-${number}`;
  const account = draw() < 0.1 ? 'account-1' : undefined;
  add(0, 'web', { kind: 'requested', origin: 'page', ...staff, identity, name: word(), account });
  add(90, 'livekit', { kind: 'room_started' });
  add(95, 'web', { kind: 'dispatched', ...staff, by: 'token' });
  const failed = draw() < 0.01;
  if (!failed) {
    // A new version every three days.
    const version = `1.${Math.floor(at / (3 * day))}`;
    add(400, 'worker:w1', { kind: 'agent_joined', identity: 'a', ...staff, worker: 'w1', version });
    add(900, 'worker:w1', { kind: 'first_audio', identity: 'a', agent });
    for (let turn = 0; turn < 4; turn += 1) {
      const startedAt = at + 1_000 + turn * 5_000;
      const speaker = turn % 2 === 0 ? 'caller' : 'agent';
      add(1_000 + turn * 5_000, 'worker:w1', {
        ...{ kind: 'turn', speaker, identity: 'x', by: speaker, text: sentence() },
        ...{ startedAt, endedAt: startedAt + 3_000, latency: { firstAudio: 500 + draw() * 900 } },
      });
    }
    const models = [{ type: 'llm', provider: 'local', model: 'small', inputTokens: 900 } as const];
    add(20_900, 'worker:w1', { kind: 'usage', ...staff, models });
    if (draw() < 0.2) add(21_000, 'worker:w1', { kind: 'outcome', outcome: 'appointment' });
  }
  add(25_000, 'livekit', { kind: 'person_joined', identity, name: '', role: 'caller' });
  add(26_000, 'livekit', { kind: 'person_left', identity, why: 'left' });
  add(26_100, 'livekit', { kind: 'room_finished' });
  return kept;
}

/** Writes the calls, one every {@link EVERY_MS}, the last of them now; returns the number of events. */
async function fillCalls(): Promise<number> {
  let written = 0;
  for (let first = 0; first < COUNT; first += AT_ONCE) {
    const made = Array.from({ length: Math.min(AT_ONCE, COUNT - first) }, (_, index) =>
      madeCall(first + index, now - (COUNT - first - index) * EVERY_MS),
    );
    const folded = made.map((own) => ({ ...foldCall(own), heardAt: own[0]?.arrivedAt ?? 0 }));
    const rooms = made.flatMap(([one]) =>
      one ? [{ sid: one.roomSid, name: one.room, call: String(one.call) }] : [],
    );
    const rows = made.flat().map((event) => eventRowOf({ ...event, call: String(event.call) }));
    written += rows.length;
    await withDatabase(server(), async (db) => {
      await db.insert(calls).values(folded.map(rowOf));
      await db.insert(callRooms).values(rooms);
      while (rows.length > 0) await db.insert(events).values(rows.splice(0, 2_000));
    });
    if (process.stderr.isTTY) process.stderr.write(`\r${first + made.length} calls`);
  }
  await withDatabase(server(), async (db) => {
    const session = {
      id: 'session',
      by: 'page',
      startedAt: now,
      heardAt: now,
      runs: RUNS,
    } as const;
    await db.insert(simulationSessions).values(session);
    await db.insert(simulationRuns).values(
      Array.from({ length: RUNS }, (_, run) => ({
        ...{ id: `run-${run}`, session: session.id, scenario: 'x', title: 'x', number: run },
        ...{ agent: 'front-desk', deployment: 'production', state: 'passed', startedAt: now },
        ...{ call: `call-${Math.floor((run * COUNT) / RUNS)}`, result: { lines: [], misses: [] } },
      })) as (typeof simulationRuns.$inferInsert)[],
    );
  });
  return written;
}
