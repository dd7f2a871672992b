// A page's room is made with its agent before the page is there, on the real server: one agent comes, and
// none for a token that may never be used.
import { dispose, Room } from '@livekit/rtc-node';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { liveKit } from '@/lib/livekit';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import * as route from './route';

let livekit: TestLiveKitServer;
let web: TestServer;

beforeAll(async () => {
  web = await serveRoutes({ '/api/token': route });
  livekit = await startLiveKitServer();
  for (const [name, value] of Object.entries(livekit.env)) vi.stubEnv(name, value);
});

afterAll(async () => {
  await dispose();
  await web.close();
  await livekit.stop();
  vi.unstubAllEnvs();
});

async function ask(headers: Record<string, string>) {
  const agents = [{ agent_name: 'line-check', deployment: 'staging' }];
  const response = await fetch(`${web.url}/api/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ room_config: { agents } }),
  });
  const { server_url: url, participant_token: token } = await response.json();
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = livekit.env;
  const { video } = await new TokenVerifier(key, secret).verify(token);
  return { url, token, room: video?.room as string };
}

it('brings the agent that its token names, and no second one by the token', async () => {
  const { rooms, dispatches } = liveKit(livekit.env);
  const { room, url, token } = await ask({ origin: web.url });
  await expect.poll(() => rooms.listRooms([room])).toHaveLength(1);
  const begun = await dispatches.listDispatch(room);
  expect(begun).toMatchObject([{ agentName: 'line-check', deployment: 'staging' }]);
  const caller = new Room();
  await caller.connect(url, token);
  expect((await dispatches.listDispatch(room)).map(({ id }) => id)).toEqual([begun[0]?.id]);
  await caller.disconnect();
});

it('is not made for a program', async () => {
  const { rooms } = liveKit(livekit.env);
  const program = await ask({});
  // Had one been begun for the program, it would have been before this one.
  const page = await ask({ origin: web.url });
  await expect.poll(() => rooms.listRooms([page.room])).toHaveLength(1);
  expect(await rooms.listRooms([program.room])).toEqual([]);
});
