// A fake of LiveKit's Egress for tests, where the real one cannot run. It implements the Egress part of LiveKit's API,
// joins the room as a recorder, writes a file where it was asked to, and sends webhooks. The real server handles the
// rest of the API.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Room } from '@livekit/rtc-node';
import { RoomServiceClient, TokenVerifier } from 'livekit-server-sdk';
import type { Handler } from '@/lib/auth/route';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinAs } from '@/lib/testing/participant';
import { serveRoutes } from '@/lib/testing/serve-routes';
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
  const real = LIVEKIT_URL.replace('ws', 'http');
  const rooms = new RoomServiceClient(real, key, secret);
  const asked: Asked[] = [];
  const running = new Map<string, { info: Info; recorder: Room }>();
  let refusal: Refusal | undefined;
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

  const answer: Handler = async (request) => {
    const { headers } = request;
    const [method, service] = new URL(request.url).pathname.split('/').reverse();
    const body = await request.text();
    if (service !== 'livekit.Egress') {
      return fetch(`${real}/twirp/${service}/${method}`, { method: 'POST', headers, body });
    }
    const token = headers.get('authorization')?.replace('Bearer ', '') ?? '';
    const { video } = await new TokenVerifier(key, secret).verify(token);
    if (!video?.roomRecord) return no({ status: 403, code: 'permission_denied', msg: 'no grant' });
    if (refusal) return no(refusal);
    const wanted = JSON.parse(body);
    if (method === 'ListEgress') {
      const one = running.get(wanted.roomName)?.info;
      return Response.json({ items: one ? [one] : [] });
    }
    asked.push(wanted);
    const info = await start(wanted);
    const gone = { status: 404, code: 'not_found', msg: 'requested room does not exist' };
    return info ? Response.json(info) : no(gone);
  };
  const { url, close } = await serveRoutes({ '/twirp/[service]/[method]': { POST: answer } });

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
      refusal = next;
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

const no = ({ status, code, msg }: Refusal) => Response.json({ code, msg }, { status });

/** Joins like Egress: hidden, and so that the room counts as recorded. */
export const joinAsRecorder = (env: TestLiveKitServer['env'], room: string): Promise<Room> =>
  joinAs(env, room, {
    identity: `EG_${randomUUID()}`,
    kind: 'egress',
    grant: { hidden: true, recorder: true },
  });
