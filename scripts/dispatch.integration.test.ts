// `npm run dispatch` as users and scripts run it: the real program, the real routes, a LiveKit server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as agents from '@/app/api/agents/route';
import * as dispatchAgent from '@/app/api/dispatch-agent/route';
import * as dispatch from '@/app/api/rooms/[room]/dispatches/[id]/route';
import * as dispatches from '@/app/api/rooms/[room]/dispatches/route';
import * as room from '@/app/api/rooms/[room]/route';
import * as rooms from '@/app/api/rooms/route';
import { liveKit } from '@/lib/livekit/clients';
import { server } from '@/lib/server';
import { reportLive, startApi } from '@/lib/testing/api';
import { serveFetch } from '@/lib/testing/serve-routes';
import { table } from '@/scripts/lib/terminal';
import { refusal, webAddress } from '@/scripts/lib/web-api';
import { runScript } from '@/scripts/testing/run-script';

let api: Awaited<ReturnType<typeof startApi>>;

beforeAll(async () => {
  api = await startApi({
    '/api/agents': agents,
    '/api/dispatch-agent': dispatchAgent,
    '/api/rooms': rooms,
    '/api/rooms/[room]': room,
    '/api/rooms/[room]/dispatches': dispatches,
    '/api/rooms/[room]/dispatches/[id]': dispatch,
  });
});
afterAll(() => api.close());

/** Runs the program while workers report. */
function run(args: readonly string[], env: Record<string, string> = { CALLBOARD_URL: api.url }) {
  // Workers report every 2 s; a report is valid for 6 s, in which a busy machine may not even start the program.
  const report = () => reportLive({ agent: 'front-desk' }, { agent: 'line-check' });
  report();
  const reporting = setInterval(report, 2_000);
  return runScript('dispatch', args, env).finally(() => clearInterval(reporting));
}
const done = async (...args: string[]) => {
  const { code, out, err } = await run(args);
  expect([code, err]).toEqual([0, '']);
  return out;
};
const json = async (...args: string[]) => JSON.parse(await done(...args, '--json'));

it('supports everything that the API does, in tables', async () => {
  expect(await done('rooms')).toBe('No room is live.');
  const name = 'Raum 7/b';
  // It stays as long as all commands take on a busy machine.
  await liveKit(server().config).rooms.createRoom({ name, emptyTimeout: 600 });
  expect(await done('create', name, '--metadata', 'a\u001b[2Jb')).toMatch(
    /^front-desk \(production\) was dispatched to the room\. AD_\w+$/,
  );
  expect(await done('create', name, '--agent', 'line-check')).toContain('line-check (production)');
  expect(await done('create', name, '--agent', 'line-check')).toContain('already in the room');
  const list = (await done('list', name)).split('\n');
  expect(list[0]).toMatch(/^DISPATCH +AGENT +DEPLOYMENT +STATE +METADATA$/);
  expect(list.slice(1)).toEqual([
    expect.stringMatching(/^AD_\w+ +front-desk +production +no job +a\\u001b\[2Jb$/),
    expect.stringMatching(/^AD_\w+ +line-check +production +no job$/),
  ]);
  expect(await done('rooms')).toMatch(/^ROOM +CREATED\nRaum 7\/b +\d{4}-\d\d-\d\dT[\d:]+Z$/);

  const [{ dispatch_id: id }] = (await json('list', name)).dispatches;
  expect(await done('delete', name, id)).toBe(`${id} was deleted; its agent leaves.`);
  expect((await json('list', name)).dispatches).toHaveLength(1);
  expect(await done('end', name, '--reason', 'Closing & done?')).toBe(
    `${name} has ended for everyone.`,
  );
  expect((await json('rooms')).rooms).toEqual([]);
  expect(await done('agents')).toMatch(/front-desk +production +yes +0 of 8/);
});

it('opens a room with agents', async () => {
  const sent = ['--agent', 'front-desk', '--agent', 'line-check', '--metadata', 'm'];
  expect(await json('open', 'party', ...sent)).toMatchObject({
    room: 'party',
    agents: [
      { agent: 'front-desk', metadata: 'm' },
      { agent: 'line-check', metadata: 'm' },
    ],
  });
  expect(await done('open')).toMatch(/^call-[\w-]{22} is open\.$/);
  expect(await json('end', 'party')).toEqual({ success: true });
});

it('adds an agent with its rule', async () => {
  const sent: unknown[] = [];
  const { url, close } = await serveFetch(async (request) => {
    sent.push(await request.json());
    return Response.json({}, { status: 201 });
  });
  const { out } = await run(['agents', 'add', 'mine', '--replace-stuck'], { CALLBOARD_URL: url });
  await close();
  expect(out).toBe('mine was added.');
  expect(sent).toEqual([{ name: 'mine', replace_stuck: true }]);
});

describe('reports errors in one line', () => {
  it.each([
    [
      ['list', 'nowhere'],
      'Unknown room. It does not exist or has ended. Names are case-sensitive.',
    ],
    [['create', 'r', '--agent', 'x'], /^Unknown agent\. Valid agents: front-desk, line-check/],
    [['create', 'r', '--deployment', 'canary'], /Valid deployments: production, staging\.$/],
    [
      ['create', 'r', '--deployment', 'staging'],
      'No worker is available. front-desk on staging: No worker is running. Live: production. Set force to dispatch it anyway.',
    ],
  ])('%j', async (args, line) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(line);
    expect(err).not.toContain('\n');
  });

  it('and sends an agent anyway with --force', async () => {
    const forced = ['create', 'forced', '--deployment', 'staging', '--force'];
    expect(await json(...forced)).toMatchObject({ success: true, room_existed: false });
  });

  it('if nothing or something else answers', async () => {
    const nobody = await run(['rooms'], { HOST: '127.0.0.1', PORT: '9' });
    expect(nobody.code).toBe(1);
    expect(nobody.err).toMatch(
      /^Callboard does not answer at http:\/\/127\.0\.0\.1:9\. .*npm start/,
    );
    const { url, close } = await serveFetch(() => new Response('<html>', { status: 502 }));
    expect((await run(['rooms'], { CALLBOARD_URL: url })).err).toBe(
      `The server at ${url} is not Callboard, or it failed with status 502.`,
    );
    await close();
    expect((await run(['rooms'], { CALLBOARD_URL: 'desk' })).code).toBe(1);
  });
});

describe('with invalid arguments', () => {
  it.each([
    [[], 'Usage: npm run dispatch -- [options] [command]'],
    [['dance'], "error: unknown command 'dance'"],
    [['list'], "error: missing required argument 'ROOM'"],
    [['list', ''], /^error: .* argument 'ROOM'\. It must not be empty\.$/],
    [['open', 'a', 'b'], /^error: too many arguments for 'open'/],
    [['list', 'r', '--reason', 'x'], "error: unknown option '--reason'"],
  ])('%j: exit code 2, and the usage', async (args, line) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')[0]).toMatch(line);
    expect(err).toContain('Usage: npm run dispatch');
  });

  it('--help shows the usage', async () => {
    expect(await done('--help')).toMatch(/^Usage: /);
    expect(await done('list', '--help')).toMatch(/^Usage: /);
  });
});

it('finds the web process from the settings', () => {
  expect(webAddress({})).toBe('http://127.0.0.1:3000');
  expect(webAddress({ HOST: '0.0.0.0', PORT: '8080' })).toBe('http://127.0.0.1:8080');
  expect(webAddress({ CALLBOARD_URL: 'https://desk.test', PORT: '1' })).toBe('https://desk.test');
});

it('shows valid values that the detail does not mention, and truncates long cells', () => {
  const problem = JSON.stringify({ title: 'T', detail: 'No x.', valid: ['a', 'b'] });
  expect(refusal('', 400, problem).message).toBe('T. No x. Valid: a, b.');
  expect(table(['A', 'B'], [['x'.repeat(99), null]]).split('\n')[1]).toBe(`${'x'.repeat(59)}…`);
});

it('explains an API key that was not copied completely', async () => {
  const { code, err } = await run(['rooms'], {
    CALLBOARD_URL: api.url,
    CALLBOARD_API_KEY: 'cb_a…',
  });
  expect([code, err]).toEqual([1, expect.stringContaining('Copy the whole key.')]);
});
