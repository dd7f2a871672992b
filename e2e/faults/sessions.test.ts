// Two web processes on one PostgreSQL server behind the proxy of deploy/Caddyfile: sign-ins, permissions and removals
// at one of them apply to the other.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Part, settingsOf } from '@/e2e/faults/support/parts';
import { waitUntilReady } from '@/e2e/faults/support/poll';
import { hasCluster, isUp, startProxy } from '@/e2e/faults/support/service';
import { cookiesOf, PASSWORD } from '@/lib/testing/accounts';
import { NO_LIVEKIT } from '@/lib/testing/calls-database';
import { startPostgres } from '@/lib/testing/databases';
import { freePort } from '@/lib/testing/ports';

const ends: (() => Promise<unknown>)[] = [];
/** URLs of the proxy and of each web process. */
let url: string;
let webs: readonly [string, string];
let parts: readonly Part[];

beforeAll(async () => {
  if (!hasCluster) return;
  const folder = mkdtempSync(join(tmpdir(), 'callboard-sessions-'));
  ends.push(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const postgres = await startPostgres();
  ends.push(() => postgres.remove());
  const [front, other, one, two] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const fronts = { web: front, livekit: other };
  const proxy = await startProxy(fronts, { web: [one, two], livekit: [9] }, folder);
  ends.push(() => proxy.kill());
  url = `http://127.0.0.1:${front}`;
  webs = [`http://127.0.0.1:${one}`, `http://127.0.0.1:${two}`];
  const settings = {
    ...settingsOf({ data: folder, ports: { web: front, speech: 9, livekit: 9 } }),
    ...NO_LIVEKIT,
    DATABASE_URL: postgres.url,
    AUTH: 'required',
    AUTH_SECRET: 'a-secret-for-tests-of-32-characters',
    PUBLIC_URL: url,
  };
  parts = [one, two].map((port) => {
    const part = Part.start('web', { ...settings, PORT: String(port) });
    ends.push(() => part.end());
    return part;
  });
  await waitUntilReady(async () => {
    for (const web of webs) expect(await isUp(`${web}/api/health`)).toBe(true);
    for (const { said } of parts) expect(said).toContain('/sign-up/');
  });
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/**
 * Sends a request to a web process as the proxy forwards it from the page, with the proxy's host. `fetch` would set the
 * web process as the host.
 */
async function ask(web: string, method: string, path: string, cookie = '', body?: unknown) {
  const { host } = new URL(url);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const asked = request(web + path, { method, headers: { origin: url, host, cookie, ...type } });
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const said = await text(answer);
  return new Response(said === '' ? null : said, { status: answer.statusCode ?? 0, headers });
}

/** Status codes from each web process, and twice from the proxy, for a session cookie. */
const seenBy = (cookie: string, path = '/api/people') =>
  Promise.all([...webs, url, url].map(async (web) => (await ask(web, 'GET', path, cookie)).status));
const all = (status: number) => [status, status, status, status];

/** Accepts an invitation at a web process; resolves to the cookies. */
async function accept(web: string, link: string, name: string): Promise<string> {
  const asked = { name, email: `${name}@example.com`, password: PASSWORD };
  const path = `/api/people/sign-up/${link.split('/').at(-1)}`;
  const answer = await ask(web, 'POST', path, '', asked);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return cookiesOf(answer);
}

test.skipIf(!hasCluster)(
  'a sign-in at one is valid at the other, and a removal ends it at both',
  async () => {
    const [one, two] = webs;
    const links = parts.map(({ said }) => said.match(/\/sign-up\/\S+/)?.[0] ?? '');
    const admin = await accept(two, links[0] ?? '', 'ann');
    expect(await seenBy(admin)).toEqual(all(200));
    // Each printed a link for the first account, which now exists.
    const late = { name: 'eve', email: 'eve@example.com', password: PASSWORD };
    for (const link of links) {
      const answer = await ask(one, 'POST', `/api/people${link}`, '', late);
      expect(answer.status).toBe(404);
    }

    const invite = { role: 'caller', email: 'cleo@example.com' };
    const invited = await ask(two, 'POST', '/api/people', admin, invite);
    const cleo = await accept(one, (await invited.json()).url, 'cleo');
    expect(await seenBy(cleo)).toEqual(all(403));
    const { people } = await (await ask(url, 'GET', '/api/people', admin)).json();
    const id = people.find(({ name }: { name: string }) => name === 'cleo')?.id;
    const role = await ask(two, 'PUT', `/api/people/${id}`, admin, { role: 'admin' });
    expect(role.status).toBe(204);
    expect(await seenBy(cleo)).toEqual(all(200));
    expect((await ask(one, 'DELETE', `/api/people/${id}`, admin)).status).toBe(204);
    expect(await seenBy(cleo)).toEqual(all(401));

    const password = { email: 'ann@example.com', password: PASSWORD };
    const again = cookiesOf(await ask(url, 'POST', '/api/auth/sign-in/email', '', password));
    expect(await seenBy(again)).toEqual(all(200));
    expect((await ask(two, 'POST', '/api/auth/sign-out', again, {})).status).toBe(200);
    expect(await seenBy(again)).toEqual(all(401));
    expect(await seenBy(admin)).toEqual(all(200));
  },
);

test.skipIf(!hasCluster)('password attempts are counted together', async () => {
  const statuses: number[] = [];
  for (let at = 0; at < 12; at += 1) {
    const guess = { email: 'ann@example.com', password: `guess number ${at} of many` };
    const web = webs[at % 2] as string;
    statuses.push((await ask(web, 'POST', '/api/auth/sign-in/email', '', guess)).status);
  }
  expect(statuses.slice(-2)).toEqual([429, 429]);
});
