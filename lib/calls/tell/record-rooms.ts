// Has LiveKit's Egress record each call's room, once an agent is in it. What comes of that LiveKit tells
// by its webhooks; that it could not begin is told here, and the call goes on.
import { EgressClient, EgressStatus, ServerError } from 'livekit-server-sdk';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import type { Config } from '@/lib/core/config';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { recordingErrors } from '@/lib/messages/errors';
import { outputFor } from '@/lib/recordings/output';
import { egressFile } from '@/lib/recordings/recording';
import { onRecorded } from '../store/recorded';
import { tell } from './tell';

/** Seconds for LiveKit to find an Egress that takes the job: it asks all of them. */
const ANSWER_SECONDS = 15;
/** `livekit.AudioMixing.DUAL_CHANNEL_AGENT`, which the SDK does not export: agents have a channel of their own. */
const DUAL_CHANNEL_AGENT = 1;
/** After which a room may be recorded again. */
const FAILED: readonly EgressStatus[] = [EgressStatus.EGRESS_FAILED, EgressStatus.EGRESS_ABORTED];

/** A room of a call. */
interface CallRoom {
  readonly room: string;
  readonly roomSid: string;
  /** Id of the call. */
  readonly call: string;
}

/**
 * Records a room from now on, unless it is or was recorded already.
 * @throws where LiveKit does not begin
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

/** LiveKit's own words for what it did not do. */
const wordsOf = (error: unknown) => redact(error instanceof Error ? error.message : String(error));

/** Begins to record rooms, by the settings; returns what ends that. */
export function recordRooms(): () => void {
  const config = serverConfig();
  if (config.RECORD_CALLS !== 'egress') return () => undefined;
  return onRecorded(({ events }) => {
    for (const { source, what, room, roomSid, call } of events) {
      // As LiveKit tells it, which it does once: so of several web processes one begins.
      if (what.kind !== 'agent_joined' || source !== 'livekit' || !roomSid || !call) continue;
      void oneAtATime(`egress ${room}`, () => recordRoom({ room, roomSid, call }, config)).catch(
        (error: unknown) => {
          // The room was closed meanwhile: nothing is left to record.
          if (error instanceof ServerError && error.status === 404) return;
          const message = recordingErrors.notStarted(wordsOf(error));
          tell({ room, roomSid, call }, { kind: 'error', where: 'recording', message });
          console.error(`${room}: ${message}`);
        },
      );
    }
  });
}
