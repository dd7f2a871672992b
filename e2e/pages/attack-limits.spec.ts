// Attacks over HTTP on limits and links of the built product with sign-in, by somebody whose credentials are valid.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { type LiveKitStandIn, startLiveKitStandIn } from '@/lib/testing/livekit-stand-in';
import { startWeb, type WebProcess } from '@/lib/testing/web-process';
import { sendJson, sign } from '../support/attack';

const PUBLIC_URL = 'http://localhost:3000';
/** More than anybody needs. */
const STREAMS = 1_000;

let web: WebProcess;
let livekit: LiveKitStandIn;
let authorization: string;

test.beforeAll(async () => {
  livekit = await startLiveKitStandIn();
  livekit.people.set('room-1', [{ identity: 'ann' }]);
  web = await startWeb({
    ...livekit.env,
    ...{ AUTH: 'required', AUTH_SECRET: 'x'.repeat(40), PUBLIC_URL },
    DATA_DIR: test.info().outputPath('data'),
  });
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = livekit.env;
  authorization = `Bearer ${sign({ key, secret, body: '', claims: { kind: 'callboard-operator' } })}`;
});
test.afterAll(async () => {
  await web?.stop();
  await livekit?.close();
});

test('an invitation link leads to this server, whatever address the request claims', async () => {
  const path = '/api/rooms/room-1/invitations';
  const forged = { authorization, host: 'evil.example', origin: 'http://evil.example' };
  const at = { web: web.url };
  for (const headers of [forged, { ...forged, 'x-forwarded-host': 'evil.example' }]) {
    const { status, body } = await sendJson(at, 'POST', path, { takeover: 'leave' }, headers);
    if (status < 400) expect(new URL(body.url).origin).toBe(PUBLIC_URL);
    else expect(status).toBeLessThan(500);
  }
  const { body } = await sendJson(at, 'POST', path, { takeover: 'leave' }, { authorization });
  expect(new URL(body.url).origin).toBe(PUBLIC_URL);
});

test('event streams are limited, and those that are refused say so', async () => {
  const sockets: Socket[] = [];
  const statuses: number[] = [];
  try {
    while (sockets.length < STREAMS && !statuses.includes(429)) {
      const socket = connect(web.port, '127.0.0.1').setEncoding('latin1');
      sockets.push(socket);
      const head = [
        'GET /api/calls/changes HTTP/1.1',
        'Host: x',
        `Authorization: ${authorization}`,
      ];
      socket.write([...head, '', ''].join('\r\n'));
      const [text] = await once(socket, 'data');
      statuses.push(Number(String(text).match(/^HTTP\/1\.1 (\d+)/)?.[1]));
    }
    expect(statuses.at(-1)).toBe(429);
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([200]));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  const { status } = await sendJson({ web: web.url }, 'GET', '/api/calls', undefined, {
    authorization,
  });
  expect(status).toBe(200);
});
