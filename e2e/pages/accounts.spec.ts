// The product with sign-in and a public agent: accounts by link, roles, an API key, a passkey, what an anonymous visitor may do,
// the privacy page, and a recorded call.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { parseWav } from '@/agent/speech/pcm';
import { accountAttacks } from '@/e2e/support/account-attacks';
import { ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { JWT } from '@/e2e/support/attack';
import { Caller } from '@/e2e/support/caller';
import { openAll } from '@/e2e/support/every-page';
import { reportEvents } from '@/e2e/support/sample-calls';
import { HEARD_SHARE, transcribe, wordsKept } from '@/e2e/support/speech';
import { rooms, type Stack, speechOf, UPDATE_MS } from '@/e2e/support/stack';
import { type Started, start } from '@/e2e/support/start';
import { expect, test } from '@/e2e/support/test';
import { translator } from '@/lib/messages/messages';
import { INSTRUCTIONS, uploadedEvents } from '@/lib/testing/calls';
import { productPorts } from '@/lib/testing/ports';

/** Upper bound in milliseconds until the stack has started on a busy machine. */
const START_MS = 120_000;
/** Anonymous visitors' call starts in ten minutes from one address, and their concurrent calls. */
const [CALLS_PER_ADDRESS, CALLS_AT_ONCE] = [4, 2];
const PASSWORD = 'a sentence that is long enough';
/** A virtual passkey device that accepts everything. */
const AUTHENTICATOR = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;
const limits = translator('en', 'limits');
const german = translator('de', 'limits');
const run = promisify(execFile);
test.describe.configure({ mode: 'serial' });
let started: Started;
let stack: Stack;
let web: string;
const others: BrowserContext[] = [];

test.beforeAll(async ({ speech }, info) => {
  info.setTimeout(START_MS);
  const ports = await productPorts();
  web = `http://localhost:${ports.web}`;
  started = await start({
    command: 'start',
    ports,
    data: info.outputPath('data'),
    log: info.outputPath('start.log'),
    settings: {
      ...speechOf({ speech }),
      ...{ AUTH: 'required', AUTH_SECRET: 'x'.repeat(40), PUBLIC_URL: web, TRUST_PROXY: '1' },
      ...{ PUBLIC_AGENTS: 'line-check,billing', PUBLIC_CALLS_PER_ADDRESS: `${CALLS_PER_ADDRESS}` },
      PUBLIC_CALLS_AT_ONCE: `${CALLS_AT_ONCE}`,
      ...{ MINUTES_A_DAY: 'billing=0', CALLS_KEEP_DAYS: '7', MASK: 'email,card' },
      ...{ RECORD_CALLS: 'on', RECORDINGS_KEEP_DAYS: '2', PRIVACY_CONTACT: 'p@example.com' },
    },
  });
  stack = { ...started.stack, web, speech };
});
test.afterAll(async () => {
  await Promise.all(others.map((context) => context.close()));
  await started?.end('SIGTERM');
  expect(started.said()).not.toContain(started.stack.apiSecret);
  expect(started.said()).not.toMatch(JWT);
});

/** Creates an account with a link, in a new browser context unless one is given. */
async function accept(browser: Browser, link: string, name: string, email?: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  others.push(context);
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Name').fill(name);
  if (email) await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('button', { name: 'Start call' })).toBeVisible();
  return page;
}

/** Invites somebody on the People page; returns the link. */
async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.goto(`${web}/admin/people`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Role', { exact: true }).selectOption(role);
  await page.getByRole('button', { name: 'Create link' }).click();
  const link = await page.getByText(`${web}/sign-up/`).innerText();
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('Invited');
  return link;
}

const nav = (page: Page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link');

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `${name}: your menu` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
}

/** Sends an API request from this page. */
const ask = (page: Page, method: string, path: string, data?: unknown) =>
  page.request.fetch(`${web}${path}`, { method, data, headers: { origin: web } });

test('anonymous visitors, the first account, invitations and roles', async ({ page, browser }) => {
  await page.goto(`${web}/calls?agent=billing`);
  await expect(page).toHaveURL(`${web}/sign-in?next=%2Fcalls%3Fagent%3Dbilling`);
  expect((await ask(page, 'GET', '/api/calls')).status()).toBe(401);

  const first = started.said().match(/http:\S+\/sign-up\/\S+/)?.[0] ?? '';
  const admin = await accept(browser, first, 'Ann', 'ann@example.com');
  await expect(nav(admin)).toHaveText(['Call', 'Calls', 'Agents', 'Doctor', 'Admin']);
  // Every page, without any calls.
  const every = await admin.context().newPage();
  const addresses = ['/', '/account'];
  const { wrong, opened } = await openAll(every, { web, lang: 'en', addresses });
  expect(wrong).toEqual([]);
  expect(opened).toEqual(
    expect.arrayContaining(['/calls', '/agents', '/admin/people', '/admin/keys', '/admin/audit']),
  );
  await every.close();
  await page.goto(first);
  await expect(
    page.getByRole('heading', { name: 'This link is invalid or has expired' }),
  ).toBeVisible();

  const dan = await accept(browser, await invite(admin, 'dan@example.com', 'developer'), 'Dan');
  const caller = await accept(browser, await invite(admin, 'cleo@example.com', 'caller'), 'Cleo');

  await expect(nav(caller)).toHaveText(['Call', 'My calls']);
  await caller.goto(`${web}/doctor`);
  await expect(caller.getByText('404')).toBeVisible();
  await caller.goto(`${web}/settings`);
  await expect(caller.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expect(caller.getByRole('switch').first()).toBeVisible();
  await expect(caller.getByRole('switch', { name: 'Staging' })).toHaveCount(0);

  // A caller's call uses production, whatever the URL says, and is in their own history.
  await caller.goto(`${web}/?deployment=staging`);
  await caller.getByRole('button', { name: 'Start call' }).click();
  await expect(caller.getByRole('log', { name: 'Transcript' })).toContainText(/Ada|help/, {
    timeout: 30_000,
  });
  // The page shows who speaks before the agent's events are stored.
  const own = async () => (await (await ask(caller, 'GET', '/api/calls')).json()).calls;
  await expect.poll(own, { timeout: UPDATE_MS }).toMatchObject([{ deployments: ['production'] }]);
  await caller.getByRole('button', { name: 'End call' }).click();
  await expect(caller.getByRole('button', { name: /^Call .+ again$/ })).toBeVisible();

  // Of what an agent uploads, callers see neither how the agent works nor how the call was judged.
  const [{ id, room }] = await own();
  await reportEvents(stack, uploadedEvents({ call: id, room }, Date.now() - 10_000));
  const seesUpload = async (visitor: Page, count: number) => {
    await visitor.goto(`${web}/calls/${id}`);
    await expect(visitor.getByText('Could I come on Friday, please?')).not.toHaveCount(0);
    await expect(visitor.getByRole('list', { name: 'Tags' })).toHaveCount(count);
    await expect(visitor.getByText('Where the time went')).toHaveCount(count);
    await expect(visitor.getByRole('tab', { name: 'Events' })).toHaveCount(count);
    const answer = await (await ask(visitor, 'GET', `/api/calls/${id}`)).text();
    expect(answer.split(INSTRUCTIONS)).toHaveLength(1 + count);
    expect(answer.split('politeness')).toHaveLength(1 + count);
    expect(answer.includes('llm_node')).toBe(count === 1);
    expect(answer.includes('agent_joined')).toBe(count === 1);
  };
  await seesUpload(caller, 0);
  await seesUpload(dan, 1);

  await signOut(caller, 'Cleo');
  await expect(caller.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect((await ask(caller, 'GET', '/api/calls')).status()).toBe(401);
  await caller.getByLabel('E-mail').fill('cleo@example.com');
  await caller.getByLabel('Password').fill('not the password at all');
  await caller.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(caller.getByText('E-mail or password is wrong.')).toBeVisible();
  await caller.getByLabel('Password').fill(PASSWORD);
  await caller.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(caller.getByRole('button', { name: 'Start call' })).toBeVisible();

  await admin.goto(`${web}/admin/audit`);
  await expect(
    admin.getByRole('row', { name: /Ann person invited dan@example.com/ }),
  ).toBeVisible();
});

test('a forgotten password: an admin creates a link that works once, and other sessions end', async ({
  page,
}) => {
  const [admin, caller] = [others[0], others[2]].map((one) => one?.pages()[0]) as [Page, Page];
  await admin.goto(`${web}/admin/people`);
  await admin.getByRole('button', { name: 'Link for a new password: Cleo' }).click();
  const link = await admin.getByText(`${web}/password/`).innerText();
  await page.goto(link);
  await page.getByLabel('Password').fill(`${PASSWORD}, and new`);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('button', { name: 'Start call' })).toBeVisible();
  expect((await ask(caller, 'GET', '/api/calls')).status()).toBe(401);
  await page.goto(link);
  await expect(
    page.getByRole('heading', { name: 'This link is invalid or has expired' }),
  ).toBeVisible();
  await admin.goto(`${web}/admin/audit`);
  await expect(
    admin.getByRole('row', { name: /Cleo password set by link cleo@example.com/ }),
  ).toBeVisible();
  expect(started.said()).not.toContain(link.split('/').at(-1));
});

test('an API key dispatches an agent from a script, and can do nothing else', async () => {
  const developer = others[1]?.pages()[0] as Page;
  await developer.goto(`${web}/account`);
  await developer.getByLabel('What is it for?').fill('nightly');
  await developer.getByLabel('send agents').check();
  await developer.getByRole('button', { name: 'Create key' }).click();
  const key = await developer.getByText(/^cb_[\w-]+$/).innerText();
  const dispatch = (args: readonly string[], CALLBOARD_API_KEY: string) =>
    run(process.execPath, ['--import', 'tsx', 'scripts/dispatch.ts', ...args], {
      env: { ...process.env, CALLBOARD_URL: web, CALLBOARD_API_KEY },
    }).then(
      ({ stdout }) => stdout,
      ({ stderr }) => `failed: ${stderr}`,
    );
  const create = ['create', 'nightly-1', '--agent', 'line-check', '--deployment', 'staging'];
  expect(await dispatch(create, '')).toContain('failed: Sign-in is required.');
  expect(await dispatch(create, `${key}x`)).toContain('failed: Sign-in is required.');
  expect(await dispatch(create, key)).toContain('line-check');
  expect(await dispatch(['rooms'], key)).toContain('failed: Permission denied.');
  expect(await dispatch(['end', 'nightly-1'], key)).toContain('nightly-1 has ended');

  // An admin sees whose it is, and takes it away.
  const admin = others[0]?.pages()[0] as Page;
  await admin.goto(`${web}/admin/keys`);
  const listed = admin.getByRole('listitem').filter({ hasText: 'nightly' });
  await expect(listed).toContainText('Dan · send agents · last used');
  await listed.getByRole('button', { name: 'Delete: nightly' }).click();
  await expect(listed).toHaveCount(0);
  expect(await dispatch(create, key)).toContain('failed: Sign-in is required.');
  expect(started.said()).not.toContain(key);
});

test('a passkey instead of the password', async () => {
  const admin = others[0]?.pages()[0] as Page;
  const devtools = await admin.context().newCDPSession(admin);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options: AUTHENTICATOR });
  await admin.goto(`${web}/account`);
  await admin.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(admin.getByText('Passkey 1')).toBeVisible();
  await signOut(admin, 'Ann');
  await admin.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(admin.getByRole('button', { name: 'Start call' })).toBeVisible();
  await expect(nav(admin)).toContainText(['Doctor']);
});

/** Opens a page in a new browser context, with the cookies of another one for callers if given. */
async function anonymous(browser: Browser, of?: Caller, locale = 'en-GB'): Promise<Caller> {
  const context = await browser.newContext({ permissions: ['microphone'], locale });
  if (of) await context.addCookies(await of.page.context().cookies(`${web}/api/token`));
  return Caller.open(context, stack);
}

test('an anonymous visitor can call the public agents, and sees why a call is refused', async ({
  browser,
}) => {
  const admin = others[0]?.pages()[0] as Page;
  const added = { name: 'night-desk', title: 'Nora', public: true };
  const deployments = [{ name: 'production' }];
  expect((await ask(admin, 'POST', '/api/agents', { ...added, deployments })).status()).toBe(201);
  const privacy = await fetch(`${stack.web}/privacy`);
  expect(await privacy.text()).toContain('use speech and models of their own');
  const one = await anonymous(browser);
  const agents = one.page.getByLabel('Agent', { exact: true });
  await expect(agents.locator('option')).toHaveText([/^Milo/, /^Frank/, /^Nora/]);
  await expect(one.page.getByText(/\bAda\b/)).toHaveCount(0);
  const nav = one.page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await expect(nav).toHaveText(['Call']);

  await one.start();
  await one.agentListens();
  // Nothing that needs an account is offered.
  await expect(one.page.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect(
    one.page.getByRole('button', { name: translator('en', 'call')('invite.title') }),
  ).toHaveCount(0);

  // The same caller in another window: one call at a time.
  const two = await anonymous(browser, one);
  await two.start();
  await expect(two.page.getByText(limits('in-another-call'))).toBeVisible();
  await one.end();
  await expect(one.status).toHaveText('Call ended');
  const inRoom = async () => (await rooms(stack).listRooms([one.room]))[0]?.numParticipants ?? 0;
  await expect.poll(inRoom, { timeout: UPDATE_MS }).toBe(0);
  await two.start();
  await two.agentListens();
  await two.end();

  const three = await anonymous(browser);
  await three.page.getByLabel('Agent', { exact: true }).selectOption('billing');
  await three.start();
  await expect(three.page.getByText(limits('day-used-up'))).toBeVisible();

  // Four starts are the limit for this address, for any caller.
  const four = await anonymous(browser, undefined, 'de-DE');
  await four.page.getByRole('button', { name: 'Anrufen' }).click();
  const message = new RegExp(german('too-many-calls', { minutes: 7 }).replace('7', '\\d+'));
  await expect(four.page.getByText(message)).toBeVisible();
  await Promise.all([one, two, three, four].map(({ page }) => page.context().close()));
});

test('the privacy page reflects the settings', async ({ page }) => {
  await page.goto(`${stack.web}/privacy`);
  for (const said of [
    'A call is kept for 7 days',
    'A recording is kept for 2 days',
    'e-mail addresses and card numbers is left out',
    'A recording contains everything that was said',
    'If you sign in',
    'contact: p@example.com',
  ]) {
    await expect(page.getByText(said)).toBeVisible();
  }
});

/** One channel of a recording. */
function side(file: Buffer, which: 0 | 1): Buffer {
  const { data, rate, channels } = parseWav(file);
  expect([rate, channels]).toEqual([16_000, 2]);
  const both = new Int16Array(Uint8Array.from(data).buffer);
  return Buffer.from(both.filter((_, at) => at % 2 === which).buffer);
}

test('a call is recorded in two channels, played word by word, and deleted', async () => {
  const [context] = others as [BrowserContext];
  const anna = await Caller.open(context, stack);
  await expect(anna.page.getByText('The sound is recorded.')).toBeVisible();
  await anna.startAndBeGreeted(/^This call is recorded\..*willow/is);
  const indicator = anna.page.getByText('The sound of this call is recorded');
  await expect(indicator).toBeAttached();
  const answer = await anna.asks(ASK_ADDRESS, ADDRESS);
  await anna.end();
  await expect(indicator).toHaveCount(0);

  const desk = await context.newPage();
  const calls = async () => (await ask(desk, 'GET', '/api/calls')).json();
  const [call] = (await calls()).calls;
  expect(call.room).toBe(anna.room);
  // The recording is complete once its end is reported: the last seconds are written after the call.
  const detail = async () => (await ask(desk, 'GET', `/api/calls/${call.id}`)).text();
  await expect.poll(detail, { timeout: UPDATE_MS }).toMatch(/"kind":"recording"[^}]*"ended_at"/);
  // The caller on the left, the agent on the right.
  const recording = () => ask(desk, 'GET', `/api/calls/${call.id}/recordings/0`);
  const file = await (await recording()).body();
  const left = await transcribe(stack.speech, side(file, 0));
  const right = await transcribe(stack.speech, side(file, 1));
  expect(wordsKept(ASK_ADDRESS, left)).toBeGreaterThanOrEqual(HEARD_SHARE);
  expect(wordsKept(answer, right)).toBeGreaterThanOrEqual(HEARD_SHARE);
  expect(left).not.toMatch(/willow/i);
  expect(right).not.toMatch(/your address/i);

  // On the call's page, playback from a line highlights its words one after the other.
  await desk.goto(`${web}/calls/${call.id}`);
  await expect(desk.getByText('ended by the caller')).toBeVisible({ timeout: UPDATE_MS });
  const line = desk
    .getByRole('region', { name: 'Transcript' })
    .getByRole('listitem')
    .filter({ hasText: 'Willow Street' })
    .first();
  await line.getByRole('button', { name: /^Play from/ }).click();
  const lit = line.locator('[data-heard]');
  await expect(lit).toHaveText(/\w/);
  const first = await lit.textContent();
  await expect(lit).not.toHaveText(first ?? '');
  await expect(line).toHaveAttribute('aria-current', 'true');
  const player = desk.getByLabel('Recording', { exact: true });
  expect(await player.evaluate((one: HTMLAudioElement) => one.paused)).toBe(false);

  await desk.getByRole('button', { name: 'Delete call' }).click();
  await desk.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(desk).toHaveURL(/\/calls$/);
  expect((await recording()).status()).toBe(404);
});

accountAttacks(() => {
  const [admin, developer] = others.map((one) => one.pages()[0]) as [Page, Page];
  const limits = { callsPerAddress: CALLS_PER_ADDRESS, callsAtOnce: CALLS_AT_ONCE };
  return { stack, admin, developer, ...limits };
});
