// A fake of LiveKit's Egress for tests, where the real one cannot run. It implements the Egress part of LiveKit's API,
// joins the room as a recorder, writes a file where it was asked to, and sends webhooks.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Room } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinAs } from '@/lib/testing/participant';
import { refusal, serveTwirp } from '@/lib/testing/twirp';
import { sendWebhook, webhookEvent } from '@/lib/testing/webhook';

/** The parts of a `RoomCompositeEgressRequest` that tests check. */
interface Asked {
  readonly roomName: string;
  readonly audioOnly?: boolean;
  readonly audioMixing?: string;
  readonly fileOutputs: readonly {
    readonly filepath: string;
    readonly fileType?: string;
    readonly s3?: Readonly<Record<string, unknown>>;
  }[];
}

/** `EgressInfo` as JSON. */
interface Info {
  readonly egressId: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly roomComposite: Asked;
  readonly status: string;
  /** Nanoseconds. */
  readonly startedAt?: string;
}

/** A Twirp error. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly msg: string;
}

/** A running service. */
export interface TestEgress {
  /** URL of its API, instead of the LiveKit server's. */
  readonly url: string;
  /** Requests, oldest first. */
  readonly asked: readonly Asked[];
  /** Responds with this error from now on; undefined ends that. */
  refuse(refusal: Refusal | undefined): void;
  /** Ends a room's egress with a file at `location`. */
  complete(room: string, sound: Buffer, location?: string): Promise<void>;
  /** Ends a room's egress without a file. */
  fail(room: string, error: string): Promise<void>;
  close(): Promise<void>;
}

const nano = (ms: number) => `${ms}000000`;

/** @param web URL of the web process, which receives the webhooks */
export async function startEgress(web: string, env: TestLiveKitServer['env']): Promise<TestEgress> {
  const { LIVEKIT_URL, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = env;
  const rooms = new RoomServiceClient(LIVEKIT_URL.replace('ws', 'http'), key, secret);
  const asked: Asked[] = [];
  const running = new Map<string, { info: Info; recorder: Room }>();
  let refused: Refusal | undefined;
  const postWebhook = async (event: string, egressInfo: object) => {
    const { ok, status } = await sendWebhook(web, env, webhookEvent(event, { egressInfo }));
    if (!ok) throw new Error(`the response to ${event} was ${status}`);
  };

  async function start(request: Asked): Promise<Info | undefined> {
    const [room] = await rooms.listRooms([request.roomName]);
    if (!room) return undefined;
    const known = { egressId: `EG_${room.sid}`, roomId: room.sid, roomName: room.name };
    const info: Info = { ...known, roomComposite: request, status: 'EGRESS_STARTING' };
    const recorder = await joinAsRecorder(env, room.name);
    const active = { ...info, status: 'EGRESS_ACTIVE', startedAt: nano(Date.now()) };
    running.set(room.name, { info: active, recorder });
    await postWebhook('egress_started', info);
    await postWebhook('egress_updated', active);
    await postWebhook('egress_updated', { ...active, status: 'EGRESS_ENDING' });
    return info;
  }

  const { url, close } = await serveTwirp(
    env,
    'livekit.Egress',
    async (method, body, { video }) => {
      if (!video?.roomRecord) return refusal(403, 'permission_denied', 'no grant');
      if (refused) return refusal(refused.status, refused.code, refused.msg);
      if (method === 'ListEgress') {
        const one = running.get(body.roomName)?.info;
        return Response.json({ items: one ? [one] : [] });
      }
      asked.push(body);
      const info = await start(body);
      return info
        ? Response.json(info)
        : refusal(404, 'not_found', 'requested room does not exist');
    },
  );

  async function end(room: string, ending: (info: Info) => object): Promise<void> {
    const one = running.get(room);
    if (!one) throw new Error(`${room} is not being recorded`);
    await one.recorder.disconnect();
    await postWebhook('egress_ended', {
      ...one.info,
      endedAt: nano(Date.now()),
      ...ending(one.info),
    });
  }

  return {
    url,
    asked,
    refuse(next) {
      refused = next;
    },
    complete: (room, sound, location) =>
      end(room, ({ roomComposite, startedAt }) => {
        const [output] = roomComposite.fileOutputs;
        const filename = output?.filepath ?? '';
        if (!output?.s3) {
          mkdirSync(dirname(filename), { recursive: true });
          writeFileSync(filename, sound);
        }
        const lasted = { startedAt, endedAt: nano(Date.now()), duration: nano(2_500) };
        const file = { filename, ...lasted, location: location ?? filename };
        return { status: 'EGRESS_COMPLETE', fileResults: [file] };
      }),
    fail: (room, error) => end(room, () => ({ status: 'EGRESS_FAILED', error })),
    async close() {
      await Promise.all([...running.values()].map(({ recorder }) => recorder.disconnect()));
      await close();
    },
  };
}

/** Joins like Egress: hidden, and so that the room counts as recorded. */
export const joinAsRecorder = (env: TestLiveKitServer['env'], room: string): Promise<Room> =>
  joinAs(env, room, {
    identity: `EG_${randomUUID()}`,
    kind: 'egress',
    grant: { hidden: true, recorder: true },
  });
