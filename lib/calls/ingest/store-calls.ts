// Stores the calls of this web process: moves events from the queue into the database in order, closes lost calls, and
// has LiveKit's Egress record rooms once an agent is in them. If a recording cannot start, an event says so and the call
// continues.

import { EgressClient, EgressStatus, ServerError } from 'livekit-server-sdk';
import { type Deliver, EventDelivery } from '@/lib/calls/delivery/event-delivery';
import type { CallEvent } from '@/lib/calls/event';
import { addEvent } from '@/lib/calls/ingest/add-event';
import type { CallsServer } from '@/lib/calls/server';
import { closeLostCalls, hasOpenCalls, listCalls, storeEvents } from '@/lib/calls/store/store';
import { onStored } from '@/lib/calls/store/stored-events';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import type { Config } from '@/lib/core/config';
import { logError } from '@/lib/core/log';
import { isProblem, type Problem } from '@/lib/core/problem';
import { redact } from '@/lib/core/redact';
import { poll } from '@/lib/core/wait';
import { callLiveKit } from '@/lib/livekit/clients';
import { outputFor } from '@/lib/recordings/output';
import { egressFile } from '@/lib/recordings/recording';

/** Milliseconds for writing the rest when the process stops. */
const LAST_MS = 2_000;

/**
 * LiveKit's clock must not be judged by events that were late because they waited in our queue. So an event's `sentAt`
 * is what LiveKit's clock would have shown when it arrived, had it been sent at that moment.
 */
export function asSentNow(event: CallEvent, heard: number | undefined, now: number): CallEvent {
  if (event.source !== 'livekit' || heard === undefined) return event;
  return { ...event, sentAt: Math.max(0, now - (heard - event.at)) };
}

/** A log of why nothing can be written: once, not for every attempt. */
function failureLog() {
  let waitingFor: string | undefined;
  return {
    failed(problem: Problem): void {
      if (problem.detail === waitingFor) return;
      waitingFor = problem.detail;
      logError('calls', problem);
    },
    written(): void {
      waitingFor = undefined;
    },
  };
}

/** Delivers events to the database of this process. */
export const deliverToStore =
  (server: CallsServer, log = failureLog()): Deliver =>
  async (events) => {
    const now = Date.now();
    try {
      await storeEvents(
        server,
        events.map((event) => asSentNow(event, event.sentAt, now)),
        now,
      );
      log.written();
      return 'taken';
    } catch (error) {
      if (isProblem(error) && error.kind !== 'not-storable') {
        log.failed(error);
        return 'later';
      }
      logError('events', error);
      return isProblem(error) ? 'refused' : 'failed';
    }
  };

// Closing lost calls. LiveKit drops a webhook that nobody accepts for 15 s, and a killed server sends none.

/** Milliseconds between checks. Our own choice: how long a call without a room may still appear as live. */
const CHECK_EVERY_MS = 15_000;

/** Checks once. @throws {Problem} 503 if LiveKit or the database is unavailable */
export async function closeLost(server: CallsServer, begun?: number): Promise<void> {
  // Without open calls, LiveKit need not be asked for rooms.
  if (!(await hasOpenCalls(server))) return;
  const rooms = await callLiveKit(server.livekit.rooms.listRooms(), []);
  await closeLostCalls(server, new Set(rooms.map(({ sid }) => sid)), Date.now(), begun);
}

/** Checks repeatedly; returns a function that stops it. */
function keepClosingLost(server: CallsServer): () => Promise<void> {
  const begun = Date.now();
  return poll(CHECK_EVERY_MS, 'calls: cannot check for lost calls', () => closeLost(server, begun));
}

/** Stores the calls from now on. @returns a function that writes the rest and stops */
export function startStoringCalls(server: CallsServer): () => Promise<void> {
  const log = failureLog();
  const delivery = new EventDelivery(server.events, deliverToStore(server, log), (line) =>
    logError(line),
  );
  const stopClosing = keepClosingLost(server);
  const stopRecording = recordRooms(server);
  // Reports an unusable database at startup rather than with the first call.
  void listCalls(server, { limit: 1 }).catch((error: unknown) => {
    if (isProblem(error)) log.failed(error);
  });
  return async () => {
    stopRecording();
    await Promise.all([delivery.stop(LAST_MS), stopClosing()]);
  };
}

/** Timeout in seconds for LiveKit to find an Egress that takes the job: it asks all of them. */
const ANSWER_SECONDS = 15;
/** `livekit.AudioMixing.DUAL_CHANNEL_AGENT`, which the SDK does not export: agents get a channel of their own. */
const DUAL_CHANNEL_AGENT = 1;
/** States after which a room may be recorded again. */
const FAILED: readonly EgressStatus[] = [EgressStatus.EGRESS_FAILED, EgressStatus.EGRESS_ABORTED];

/** A room of a call. */
interface CallRoom {
  readonly room: string;
  readonly roomSid: string;
  /** Id of the call. */
  readonly call: string;
}

/**
 * Starts recording a room, unless it is or was already recorded.
 * @throws if LiveKit does not start the recording
 */
async function recordRoom({ room, roomSid, call }: CallRoom, config: Config): Promise<void> {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = config;
  const client = new EgressClient(url, key, secret, { requestTimeout: ANSWER_SECONDS });
  const known = await client.listEgress({ roomName: room });
  if (known.some(({ roomId, status }) => roomId === roomSid && !FAILED.includes(status))) return;
  await client.startRoomCompositeEgress(room, outputFor(config, egressFile(call, roomSid)), {
    audioOnly: true,
    audioMixing: DUAL_CHANNEL_AGENT,
  });
}

/** LiveKit's error message. */
const wordsOf = (error: unknown) => redact(error instanceof Error ? error.message : String(error));

/** Starts recording rooms if the settings say so; returns a function that stops it. */
export function recordRooms(server: CallsServer): () => void {
  const { config } = server;
  if (config.RECORD_CALLS !== 'egress') return () => undefined;
  return onStored(server, ({ events }) => {
    for (const { source, what, room, roomSid, call } of events) {
      // Triggered by a webhook, which LiveKit sends once: so only one of several web processes starts it.
      if (what.kind !== 'agent_joined' || source !== 'livekit' || !roomSid || !call) continue;
      void oneAtATime(server, `egress ${room}`, () =>
        recordRoom({ room, roomSid, call }, config),
      ).catch((error: unknown) => {
        // The room was closed in the meantime: nothing to record.
        if (error instanceof ServerError && error.status === 404) return;
        // Errors are stored in English, for readers of all languages.
        const message =
          `The call is not recorded: LiveKit did not start its Egress (${wordsOf(error)}). It needs the Egress ` +
          'service, and on a server of your own Redis. RECORD_CALLS=on lets the worker record instead.';
        addEvent(server, { room, roomSid, call }, { kind: 'error', where: 'recording', message });
        logError(`${room}: ${message}`);
      });
    }
  });
}
