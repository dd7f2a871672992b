// What uploads of LiveKit's framework cost (docs/insights.md): processor time of one, the page of a call with one among
// many, and whether they survive a database that is away. Part of `npm run bench:calls`.
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { and, count, eq, getTableColumns, inArray, like, sql } from 'drizzle-orm';
import { calls, events } from '@/lib/calls/store/schema';
import { storeEvents } from '@/lib/calls/store/store';
import { callDetail } from '@/lib/calls/view/one-call';
import { Problem } from '@/lib/core/problem';
import { waitFor } from '@/lib/core/wait';
import { withDatabase } from '@/lib/db/database';
import type { OtlpMessage, Signal } from '@/lib/insights/otlp';
import { receiveOtlp } from '@/lib/insights/receive';
import {
  joinedCall,
  logsOf,
  otlpRequest,
  type Report,
  spanOf,
  type TestSession,
  tracesOf,
} from '@/lib/insights/testing/uploads';
import type { Server } from '@/lib/server';
import { type Finding, measure } from '@/scripts/bench/table';

/** Items of an upload: a question, a tool with its result, and an answer in each round. */
const ROUNDS = 50;
const ITEMS = 4 * ROUNDS;
const ROUND_MS = 10_000;
/** Sessions that are received, of which the others are copies, and one copy of each every so many milliseconds. */
const RECEIVED = 60;
/** Of these, the first ones warm the process up. */
const WARM_UP = 40;
const EVERY_MS = 600_000;
/** Milliseconds for which the database is away, and uploads that are sent meanwhile. */
const AWAY_MS = 30_000;
const AT_ONCE = 50;
const STORED_MS = 120_000;

type Speak = () => string;

/** What is said in a session. @param at when it begins, in milliseconds since 1970 */
function itemsOf(at: number, speak: Speak): Report['items'] {
  return Array.from({ length: ROUNDS }, (_, round) => {
    const from = (at + round * ROUND_MS) / 1_000;
    const call = { call_id: `call_${round}`, name: 'opening_hours' };
    const asked = { transcription_delay: 0.25, end_of_turn_delay: 0.5 };
    const answered = { llm_node_ttft: 0.2, tts_node_ttfb: 0.1, e2e_latency: 1.2 };
    const spoken = (start: number, end: number) => ({
      ...{ started_speaking_at: from + start, stopped_speaking_at: from + end },
    });
    return [
      {
        ...{ type: 'message', id: `q${round}`, role: 'user', created_at: from + 3 },
        ...{ content: [speak()], metrics: { ...spoken(0, 3), ...asked } },
      },
      {
        ...{ type: 'function_call', id: `f${round}`, ...call, created_at: from + 3.6 },
        arguments: JSON.stringify({ day: 'monday', note: speak() }),
      },
      {
        ...{ type: 'function_call_output', id: `o${round}`, ...call, created_at: from + 3.9 },
        ...{ output: JSON.stringify({ open: speak() }), is_error: false },
      },
      {
        ...{ type: 'message', id: `a${round}`, role: 'assistant', created_at: from + 4 },
        ...{ content: [speak()], interrupted: false, metrics: { ...spoken(4.2, 9), ...answered } },
      },
    ];
  }).flat();
}

/** The traces of a round, which a worker sends every few seconds. */
function tracesOfRound(session: TestSession, at: number, round: number): OtlpMessage {
  const parts = [
    ...(['user_speaking', 'user_turn', 'eou_detection', 'agent_turn'] as const),
    ...(['llm_node', 'function_tool', 'tts_node', 'agent_speaking'] as const),
  ];
  const from = at + round * ROUND_MS;
  const spans = parts.map((name, index) =>
    spanOf(round * parts.length + index + 1, name, [from + index * 1_000, from + index * 1_100]),
  );
  return tracesOf(session, spans);
}

type Sent = Awaited<ReturnType<typeof newCall>>;

/** A call that an agent of another worker has joined. @param at milliseconds since 1970 */
async function newCall(server: Server, number: number, at: number) {
  const id = `upload-${number}`;
  const session = { room: `RM_upload${number}`, job: `AJ_upload${number}`, agent: 'front-desk' };
  await storeEvents(server, joinedCall(session, { call: id, room: `room-${id}`, at }), at);
  return { id, at, session };
}

const requestOf = (signal: Signal, message: OtlpMessage) =>
  otlpRequest('http://localhost', signal, message);

const endOf = ({ session, at }: Sent, speak: Speak) =>
  requestOf('logs', logsOf(session, { items: itemsOf(at, speak) }, at + ROUNDS * ROUND_MS));

/** Processor time of `work` in milliseconds, of all threads of this process. */
async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Receives the uploads of sessions; returns the processor time of the last one of each, in milliseconds. */
async function receive(server: Server, sessions: number, speak: Speak): Promise<number[]> {
  const values: number[] = [];
  for (let number = 0; number < sessions; number += 1) {
    const at = Date.now() - ROUNDS * ROUND_MS;
    const sent = await newCall(server, number, at);
    for (let round = 0; round < ROUNDS; round += 1) {
      const traces = await requestOf('traces', tracesOfRound(sent.session, at, round));
      await receiveOtlp(server, traces, 'traces');
    }
    const request = await endOf(sent, speak);
    values.push(await processorMs(() => receiveOtlp(server, request, 'logs')));
  }
  return values.slice(WARM_UP);
}

/** Copies each received call `copies` times, one call every {@link EVERY_MS}. */
async function copy(server: Server, copies: number): Promise<void> {
  const { search: _search, ...columns } = getTableColumns(calls);
  const isReceived = like(calls.id, 'upload-%');
  const received = await withDatabase(server, (db) =>
    db.select(columns).from(calls).where(isReceived),
  );
  for (let copied = 1; copied <= copies; copied += 1) {
    const ago = copied * EVERY_MS;
    const rows = received.map(({ id, requestedAt, endedAt, ...call }) => ({
      ...{ ...call, id: `${id}-${copied}`, requestedAt: requestedAt - ago },
      endedAt: endedAt && endedAt - ago,
    }));
    const from = received.map(({ id }) => id);
    await withDatabase(server, async (db) => {
      await db.insert(calls).values(rows);
      // By the database itself: two million rows in all. What is inside an event keeps its times.
      await db.execute(sql`
        insert into events (id, call, room, room_sid, source, at, sent_at, arrived_at, kind, data)
        select id || '-' || ${copied}::text, call || '-' || ${copied}::text, room, room_sid, source,
          at - ${ago}::bigint, sent_at - ${ago}::bigint, arrived_at - ${ago}::bigint, kind, data
        from events where ${inArray(events.call, from)}`);
    });
    if (process.stderr.isTTY) process.stderr.write(`\r${copied * RECEIVED} uploads`);
  }
}

async function whileAway(server: Server, speak: Speak): Promise<Finding> {
  const sent: Sent[] = [];
  for (let index = 0; index < AT_ONCE; index += 1) {
    sent.push(await newCall(server, 10_000 + index, Date.now() - ROUNDS * ROUND_MS));
  }
  const requests = await Promise.all(sent.map((one) => endOf(one, speak)));
  const { database, uploads } = server;
  const before = database.current;
  const opening = Promise.reject(new Problem('database-unavailable', 'away'));
  opening.catch(() => {});
  database.current = { opening };
  const stop = uploads.spool.start();
  try {
    await Promise.all(requests.map((request) => receiveOtlp(server, request, 'logs')));
    await pause(AWAY_MS);
    database.current = before;
    const began = performance.now();
    const waiting = () => readdirSync(uploads.spool.folder).length;
    await waitFor(STORED_MS, () => waiting() === 0);
    const seconds = (performance.now() - began) / 1_000;
    const ids = sent.map(({ id }) => id);
    const [stored] = await withDatabase(server, (db) =>
      db
        .select({ turns: count() })
        .from(events)
        .where(and(inArray(events.call, ids), eq(events.kind, 'turn'))),
    );
    const lost = AT_ONCE * ROUNDS * 2 - (stored?.turns ?? 0);
    return {
      ...{ what: `database away for ${AWAY_MS / 1_000} s → ${AT_ONCE} uploads stored`, unit: 's' },
      ...{ values: [seconds], note: `${AT_ONCE * ITEMS} items, ${lost} lost` },
      ...(lost !== 0 && { wrong: `${lost} turns are not stored` }),
    };
  } finally {
    database.current = before;
    await stop();
  }
}

/** Fills the database with calls whose agents uploaded their sessions, and measures. */
export async function measureUploads(
  server: Server,
  total: number,
  speak: Speak,
): Promise<Finding[]> {
  const values = await receive(server, RECEIVED, speak);
  const copies = Math.floor(total / RECEIVED) - 1;
  await copy(server, copies);
  await withDatabase(server, (db) => db.execute(sql`analyze`));
  const some = (run: number) =>
    `upload-${Math.abs(run) % RECEIVED}-${((Math.abs(run) * 97) % copies) + 1}`;
  return [
    {
      ...{ what: `processor time of an upload of ${ITEMS} items`, unit: 'ms', values },
      target: { median: 50 },
    },
    await measure(
      `page of a call with such an upload, of ${total}`,
      async (run) => `${(await callDetail(server, some(run))).marks.length} marks`,
      { target: { median: 300 } },
    ),
    await whileAway(server, speak),
  ];
}
