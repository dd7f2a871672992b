// Many calls for measurements, written in bulk: each folded from its events, as the store does it.

import type { KeptEvent } from '../lib/calls/event';
import { eventRowOf, rowOf } from '../lib/calls/store/call-row';
import type { Database } from '../lib/calls/store/database';
import { callRooms, calls, events } from '../lib/calls/store/schema';
import { foldCall } from '../lib/calls/timeline/timeline';

/** Calls that are written at a time. */
const AT_ONCE = 500;
const SYLLABLES = [
  'ba',
  'de',
  'fo',
  'gu',
  'ki',
  'la',
  'me',
  'no',
  'pu',
  'ra',
  'se',
  'ti',
  'vo',
  'zu',
];
const USUAL =
  'please could you book an appointment for Tuesday morning thank you very much the doctor is in';

/** One of some thousand made-up words; low numbers are drawn far more often than high ones. */
function word(draw: () => number): string {
  const number = Math.floor(20 ** (draw() * 3));
  return [1, 14, 196].map((size) => SYLLABLES[Math.floor(number / size) % 14]).join('');
}

function sentence(draw: () => number): string {
  const usual = USUAL.split(' ');
  return Array.from({ length: 12 }, () =>
    draw() < 0.7 ? usual[Math.floor(draw() * usual.length)] : word(draw),
  ).join(' ');
}

/** The events of call `number`, asked for at `at`: about ten. */
export function madeCall(number: number, at: number, draw: () => number): KeptEvent[] {
  const id = `call-${number}`;
  const agent = draw() < 0.002 ? 'line-check' : draw() < 0.3 ? 'billing' : 'front-desk';
  const staff = { agent, deployment: draw() < 0.1 ? 'staging' : 'production' };
  const kept: KeptEvent[] = [];
  const tell = (ms: number, source: string, what: KeptEvent['what']) =>
    kept.push({
      ...{ id: `${id}-${kept.length}`, call: id, room: `room-${number}`, roomSid: `RM_${number}` },
      ...{ source, at: at + ms, arrivedAt: at + ms + 20, what },
    });
  const identity = `caller-${number}`;
  tell(0, 'web', { kind: 'requested', origin: 'page', ...staff, identity, name: word(draw) });
  tell(90, 'livekit', { kind: 'room_started' });
  tell(95, 'web', { kind: 'dispatched', ...staff, by: 'token' });
  const failed = draw() < 0.01;
  if (!failed) {
    tell(400, 'worker:w1', { kind: 'agent_joined', identity: 'a', ...staff, worker: 'w1' });
    tell(900, 'worker:w1', { kind: 'first_audio', identity: 'a', agent });
    for (let turn = 0; turn < 4; turn += 1) {
      const startedAt = at + 1_000 + turn * 5_000;
      const speaker = turn % 2 === 0 ? 'caller' : 'agent';
      tell(1_000 + turn * 5_000, 'worker:w1', {
        ...{ kind: 'turn', speaker, identity: 'x', by: speaker, text: sentence(draw) },
        ...{ startedAt, endedAt: startedAt + 3_000, latency: { firstAudio: 500 + draw() * 900 } },
      });
    }
    if (draw() < 0.2) tell(21_000, 'worker:w1', { kind: 'outcome', outcome: 'appointment' });
  }
  tell(25_000, 'livekit', { kind: 'person_joined', identity, name: '', role: 'caller' });
  tell(26_000, 'livekit', { kind: 'person_left', identity, why: 'CLIENT_INITIATED' });
  tell(26_100, 'livekit', { kind: 'room_finished' });
  return kept;
}

/**
 * Writes calls until there are `count`, one each `everyMs`, the last of them at `until`; returns how many
 * events. `from` are there already.
 */
export async function fillCalls(
  db: Database,
  {
    count,
    from = 0,
    everyMs,
    until,
  }: { count: number; from?: number; everyMs: number; until: number },
  draw: () => number,
): Promise<number> {
  let written = 0;
  for (let first = from; first < count; first += AT_ONCE) {
    const made = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, index) =>
      madeCall(first + index, until - (count - first - index) * everyMs, draw),
    );
    await db.insert(calls).values(made.map((own) => rowOf(foldCall(own), own[0]?.arrivedAt ?? 0)));
    await db
      .insert(callRooms)
      .values(
        made.flatMap(([one]) =>
          one ? [{ sid: one.roomSid, name: one.room, call: String(one.call) }] : [],
        ),
      );
    const rows = made.flat().map((event) => eventRowOf(event, String(event.call)));
    written += rows.length;
    while (rows.length > 0) await db.insert(events).values(rows.splice(0, 2_000));
    if (process.stderr.isTTY) process.stderr.write(`\r${first + made.length} calls`);
  }
  return written;
}
