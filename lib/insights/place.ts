// Stores an upload with the call that it belongs to, and completes what it does not say: who the agent and its deployment
// are. What our own worker reported of the same job is not stored twice.
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { and, eq, inArray } from 'drizzle-orm';
import { listedAgent } from '@/lib/agents/registry';
import { makeEvent } from '@/lib/calls/delivery/event-writer';
import { type CallEvent, type EventData, workerOfSource } from '@/lib/calls/event';
import { eventsFrom } from '@/lib/calls/store/call-row';
import { callRooms, deletedRooms, events as eventRows } from '@/lib/calls/store/schema';
import { storeEvents } from '@/lib/calls/store/store';
import type { Ground } from '@/lib/cluster/ground';
import { withDatabase } from '@/lib/db/database';
import type { InsightsServer } from '@/lib/insights/server';
import { agentIdentity } from '@/lib/insights/session';
import { type Audio, PART_END, type Received } from '@/lib/insights/spool';
import type { Upload } from '@/lib/insights/uploads';
import { recordingPath, uploadedFile } from '@/lib/recordings/recording';

/** Events are stored in batches of this size. */
const BATCH = 200;

/** Kinds that say who an agent is. */
const WHO = ['agent_joined', 'dispatched', 'job_assigned'] as const;

/** The room of a call, by LiveKit's sid, with what says who its agents are; or what is known instead. @throws {Problem} 503 */
async function roomOf(server: Ground, sid: string) {
  const { call, name } = callRooms;
  return withDatabase(server, async (db) => {
    const rows = await db
      .select({ call, name, event: eventRows })
      .from(callRooms)
      .leftJoin(eventRows, and(eq(eventRows.call, call), inArray(eventRows.kind, [...WHO])))
      .where(eq(callRooms.sid, sid));
    const [room] = rows;
    if (room) {
      const known = eventsFrom(rows.flatMap(({ event }) => event ?? []));
      return { call: room.call, name: room.name, known: known.sort((a, b) => a.at - b.at) };
    }
    const deleted = await db.select().from(deletedRooms).where(eq(deletedRooms.sid, sid)).limit(1);
    return deleted.length > 0 ? 'deleted' : 'unknown';
  });
}

/** Who the agent of a job is. */
interface Agent {
  readonly name: string;
  /** What people call it. */
  readonly person: string;
  /** Display name; empty if it is not known. */
  readonly deployment: string;
  /** Whether our own worker reports on the job. */
  readonly isReported: boolean;
}

/** Who the agent of a job is, as its call knows it. @param known events of that call, the earliest first */
function agentOf(
  server: InsightsServer,
  known: readonly CallEvent[],
  { job, agent }: Upload,
): Agent {
  const whats = known.map(({ what }) => what);
  const joined = whats.find(
    (what) => what.kind === 'agent_joined' && what.identity === agentIdentity(job),
  );
  const name = agent || (joined?.kind === 'agent_joined' ? joined.agent : '');
  const sent = whats.findLast((what) => what.kind === 'dispatched' && what.agent === name);
  const deployments = [joined, sent].map((what) =>
    what && 'deployment' in what ? what.deployment : '',
  );
  return {
    name,
    person: listedAgent(server, name)?.person ?? name,
    deployment: deployments.find((one) => one !== '') ?? '',
    isReported: known.some(
      ({ source, what }) =>
        workerOfSource(source) !== undefined && what.kind === 'job_assigned' && what.job === job,
    ),
  };
}

/** What our own worker reports too. */
const REPORTED: ReadonlySet<EventData['kind']> = new Set([
  'turn',
  'tool',
  'error',
  'usage',
  'first_audio',
]);

/** The content of an event with what the upload did not say. */
function completed(what: EventData, { name, person, deployment }: Agent): EventData {
  let known = what;
  if ('agent' in known && known.agent === '') known = { ...known, agent: name };
  if ('deployment' in known && known.deployment === '') known = { ...known, deployment };
  if (known.kind === 'turn' && known.speaker === 'agent') known = { ...known, by: person };
  return known;
}

/**
 * Stores what was received.
 * @param folder of the spool, with the recording
 * @returns `unknown` if the room is none of a call, or not yet; `deleted` if its call was deleted
 * @throws {Problem} 503 if the database is unavailable: nothing is lost, and it can be called again
 */
export async function place(
  server: InsightsServer,
  received: Received,
  folder: string,
): Promise<'stored' | 'unknown' | 'deleted'> {
  const { upload, masked, receivedAt, audio } = received;
  const { roomSid, job, sentAt } = upload;
  const room = await roomOf(server, roomSid);
  if (typeof room === 'string') return room;
  const agent = agentOf(server, room.known, upload);
  const where = { room: room.name, roomSid, source: `agent:${job}`, sentAt };
  const fresh = agent.isReported
    ? upload.events.filter(({ what }) => !REPORTED.has(what.kind))
    : upload.events;
  const made = fresh.flatMap(
    ({ id, at, what }) => makeEvent({ ...where, id, at }, completed(what, agent)) ?? [],
  );
  for (let from = 0; from < made.length; from += BATCH) {
    await storeEvents(server, made.slice(from, from + BATCH), receivedAt, masked);
  }
  if (audio)
    await placeAudio(server, room.call, { upload, receivedAt, audio }, folder, where, agent);
  return 'stored';
}

/** Moves a recording to the others of its call, and says so. A recording that is there stays. */
async function placeAudio(
  server: InsightsServer,
  call: string,
  { upload: { job }, receivedAt, audio }: Received & { readonly audio: Audio },
  folder: string,
  where: Pick<CallEvent, 'room' | 'source'>,
  { isReported }: Agent,
): Promise<void> {
  const { startedAt, endedAt } = audio;
  const from = `${folder}/${audio.file}`;
  const file = uploadedFile(call, job);
  const to = recordingPath(server.config.DATA_DIR, file);
  const isThere = async (path: string) => (await stat(path).catch(() => undefined)) !== undefined;
  if (to === undefined || isReported || !(await isThere(from))) return rm(from, { force: true });
  if (await isThere(to)) return rm(from, { force: true });
  await mkdir(dirname(to), { recursive: true });
  // The folder of recordings may be on another disk.
  await copyFile(from, `${to}${PART_END}`);
  await rename(`${to}${PART_END}`, to);
  await rm(from);
  const what = { kind: 'recording', file, startedAt, endedAt, channels: 2 } as const;
  const event = makeEvent({ ...where, id: `${job}-recording`, at: endedAt }, what);
  if (event) await storeEvents(server, [event], receivedAt);
}
