// An agent calls a telephone: with a real LiveKit server, a real database, and a fake of LiveKit's
// SIP service, which rings, is answered, or refuses like the telephone network.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { server } from '@/lib/server';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { stopParts } from '@/lib/testing/end-parts';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { startSip, type TestSip } from '@/lib/testing/sip-service';
import { WEBHOOK_PATH } from '@/lib/testing/webhook';

const PATH = '/api/calls/outbound';
const NUMBER = '+441632960123';

let place: TestDatabase;
let web: TestServer;
let livekitServer: TestLiveKitServer;
let sip: TestSip;
let store: Awaited<ReturnType<typeof storeOn>>;
let keeping: () => Promise<void>;
let api: typeof import('@/lib/testing/api');
let livekit: import('@/lib/livekit/clients').LiveKit;

beforeAll(async () => {
  const files = { [PATH]: {}, [WEBHOOK_PATH]: {} };
  web = await serveRoutes(files);
  [place, livekitServer] = await Promise.all([
    testDatabase(),
    startLiveKitServer(web.url + WEBHOOK_PATH),
  ]);
  sip = await startSip(livekitServer.env);
  const settings = { LIVEKIT_URL: sip.url, LIVEKIT_SIP_OUTBOUND_TRUNK: 'ST_out' };
  store = await storeOn({ env: { ...place.env, ...livekitServer.env, ...settings } });
  Object.assign(files[PATH], await import('@/app/api/calls/outbound/route'));
  Object.assign(files[WEBHOOK_PATH], await import('@/app/api/webhooks/livekit/route'));
  keeping = (await import('@/lib/calls/ingest/store-calls')).startStoringCalls(server());
  api = await import('@/lib/testing/api');
  livekit = (await import('@/lib/livekit/clients')).liveKit(livekitServer.env);
});
afterAll(async () => {
  await sip?.close();
  await stopParts({ server: livekitServer, keeping, web, place });
});

const post = (body: object) => {
  api.reportLive({ agent: 'front-desk' });
  return api.askRoute(web.url + PATH, 'POST', body);
};
const rooms = async () => (await livekit.rooms.listRooms()).map(({ name }) => name);
async function callIn(room: string) {
  const { calls } = await store.listCalls(server(), { limit: 100 });
  const [own] = calls.filter((one) => one.room === room);
  return own && store.readTimeline(server(), own.id);
}
/** The reason in the `ended` event of a room's call. */
async function endOf(room: string) {
  const reasons = (await callIn(room))?.marks.flatMap((mark) =>
    mark.kind === 'event' && mark.what.kind === 'ended' ? [mark.what.why] : [],
  );
  return reasons?.[0];
}

it('rings in a room with the agent, and continues when somebody answers', async () => {
  const { status, body } = await post({ agentName: 'front-desk', to: '+44 1632 960-123' });
  expect(status).toBe(202);
  expect(body).toEqual({
    ...{ room: expect.stringMatching(/^phone-/), agent_name: 'front-desk', agent: 'front-desk' },
    ...{ deployment: 'production', to: NUMBER },
  });
  const { room } = body;
  const [dispatch] = await livekit.dispatches.listDispatch(room);
  expect(dispatch).toMatchObject({ agentName: 'front-desk', deployment: '' });
  await expect.poll(() => sip.dialled).toHaveLength(1);
  expect(sip.dialled[0]).toMatchObject({
    ...{ sipTrunkId: 'ST_out', sipCallTo: NUMBER, roomName: room, participantName: NUMBER },
    ...{ waitUntilAnswered: true, ringingTimeout: '30s' },
  });
  const phone = async () => (await livekit.rooms.listParticipants(room))[0];
  await expect.poll(async () => (await phone())?.attributes['sip.callStatus']).toBe('dialing');
  sip.pickUp();
  await expect.poll(async () => (await phone())?.attributes['sip.callStatus']).toBe('active');
  await expect
    .poll(async () => (await callIn(room))?.call)
    .toMatchObject({
      caller: NUMBER,
      origin: 'api',
      agents: ['front-desk'],
    });
  const { call, marks = [] } = (await callIn(room)) ?? {};
  expect(call?.endedAt).toBeUndefined();
  expect(marks).toContainEqual(
    expect.objectContaining({ what: expect.objectContaining({ role: 'phone' }) }),
  );
  expect(await rooms()).toContain(room);
});

it.each([
  [486, 'Busy Here', 'busy'],
  [480, 'Temporarily Unavailable', 'no-answer'],
  [603, 'Decline', 'declined'],
  [482, 'Loop Detected', 'loop'],
  [503, 'Service Unavailable', 'line-failed'],
])('SIP %i (%s) is reported as "%s", and the room is closed', async (status, words, why) => {
  sip.refuse({ status, words });
  const { body } = await post({ agent: 'front-desk', to: NUMBER });
  await expect.poll(() => endOf(body.room)).toBe(why);
  await expect.poll(async () => (await callIn(body.room))?.call.endedAt).toBeDefined();
  await expect.poll(rooms).not.toContain(body.room);
});

it('refuses invalid numbers before dialling', async () => {
  const before = sip.dialled.length;
  const asked = async (body: object) => (await post({ to: NUMBER, ...body })).status;
  expect(await asked({ to: '112' })).toBe(422);
  expect(await asked({ to: 'sip:anna@example.com' })).toBe(422);
  expect(await asked({ to: '' })).toBe(422);
  expect(await asked({ agent: 'nobody' })).toBe(422);
  expect(await asked({ deployment: 'nowhere' })).toBe(422);
  expect(await asked({ number: '1' })).toBe(400);
  expect((await post({ deployment: 'staging', to: NUMBER })).body.type).toMatch(/no-live-worker$/);
  expect(sip.dialled).toHaveLength(before);
});
