// Has LiveKit's Egress record the room of each call once an agent is in it. LiveKit reports the rest by webhooks. If
// the recording cannot start, an event says so and the call continues.
import { EgressClient, EgressStatus, ServerError } from 'livekit-server-sdk';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import type { Config } from '@/lib/core/config';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { recordingErrors } from '@/lib/messages/errors';
import { outputFor } from '@/lib/recordings/output';
import { egressFile } from '@/lib/recordings/recording';
import { onRecorded } from '../store/recorded';
import { recordEvent } from './record-event';

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
export function recordRooms(): () => void {
  const config = serverConfig();
  if (config.RECORD_CALLS !== 'egress') return () => undefined;
  return onRecorded(({ events }) => {
    for (const { source, what, room, roomSid, call } of events) {
      // Triggered by a webhook, which LiveKit sends once: so only one of several web processes starts it.
      if (what.kind !== 'agent_joined' || source !== 'livekit' || !roomSid || !call) continue;
      void oneAtATime(`egress ${room}`, () => recordRoom({ room, roomSid, call }, config)).catch(
        (error: unknown) => {
          // The room was closed in the meantime: nothing to record.
          if (error instanceof ServerError && error.status === 404) return;
          const message = recordingErrors.notStarted(wordsOf(error));
          recordEvent({ room, roomSid, call }, { kind: 'error', where: 'recording', message });
          console.error(`${room}: ${message}`);
        },
      );
    }
  });
}
