// The product where people have to sign in: the first account by its link, the others by invitation, what
// each role can and cannot do, an API key in a script, a passkey, and the way out.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { productPorts } from '@/lib/testing/ports';
import { type Started, start } from './support/start';
import { expect, test } from './support/test';

const PASSWORD = 'a sentence that is long enough';
const run = promisify(execFile);
test.describe.configure({ mode: 'serial' });
let started: Started;
let web: string;
const others: BrowserContext[] = [];

test.beforeAll(async ({ browserName }, info) => {
  expect(browserName).toBe('chromium');
  const ports = await productPorts();
  web = `http://localhost:${ports.web}`;
  started = await start({
    command: 'start',
    ports,
    data: info.outputPath('data'),
    log: info.outputPath('start.log'),
    settings: { AUTH: 'required', AUTH_SECRET: 'x'.repeat(40), PUBLIC_URL: web },
  });
});
test.afterAll(async () => {
  await Promise.all(others.map((context) => context.close()));
  await started?.end('SIGTERM');
});

/** Makes an account by a link, in a browser of its own unless one is given. */
async function accept(browser: Browser, link: string, name: string, email?: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  others.push(context);
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Name').fill(name);
  if (email) await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make account' }).click();
  await expect(page.getByRole('button', { name: 'Start call' })).toBeVisible();
  return page;
}

/** Invites somebody on the page of people; returns the link. */
async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.goto(`${web}/people`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Role', { exact: true }).selectOption(role);
  await page.getByRole('button', { name: 'Make link' }).click();
  const link = await page.getByText(`${web}/welcome/`).innerText();
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('Invited');
  return link;
}

const nav = (page: Page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link');

/** Asks the API as this page would. */
const ask = (page: Page, method: string, path: string, data?: unknown) =>
  page.request.fetch(`${web}${path}`, { method, data, headers: { origin: web } });

const token = (page: Page, agent: object, more = {}) =>
  ask(page, 'POST', '/api/token', { room_config: { agents: [agent] }, ...more });

test('strangers, the first account, invitations and roles', async ({ page, browser }, info) => {
  await page.goto(`${web}/calls?agent=billing`);
  await expect(page).toHaveURL(`${web}/sign-in?next=%2Fcalls%3Fagent%3Dbilling`);
  await page.screenshot({ path: info.outputPath('sign-in.png') });
  for (const [method, path] of [
    ['POST', '/api/token'],
    ['GET', '/api/calls'],
    ['GET', '/api/doctor'],
    ['POST', '/api/auth/sign-up/email'],
  ] as const) {
    const answer = await ask(page, method, path, method === 'POST' ? {} : undefined);
    expect([path, answer.status()]).toEqual([path, path.includes('auth') ? 404 : 401]);
  }

  const first = started.said().match(/http:\S+\/welcome\/\S+/)?.[0] ?? '';
  const admin = await accept(browser, first, 'Ann', 'ann@example.com');
  await expect(nav(admin)).toHaveText(['Call', 'Calls', 'Agents', 'Doctor', 'Settings']);
  await page.goto(first);
  await expect(page.getByRole('heading', { name: 'The link does not hold' })).toBeVisible();

  const developer = await accept(
    browser,
    await invite(admin, 'dan@example.com', 'developer'),
    'Dan',
  );
  const caller = await accept(browser, await invite(admin, 'cleo@example.com', 'caller'), 'Cleo');
  await admin.screenshot({ path: info.outputPath('people.png'), fullPage: true });

  await expect(nav(caller)).toHaveText(['Call', 'Calls', 'Settings']);
  await caller.goto(`${web}/doctor`);
  await expect(caller.getByText('404')).toBeVisible();
  await caller.goto(`${web}/settings`);
  await expect(caller.getByRole('switch', { name: 'Staging' })).toHaveCount(0);
  const line = { agent_name: 'line-check' };
  expect((await ask(caller, 'GET', '/api/doctor')).status()).toBe(403);
  expect((await token(caller, { ...line, deployment: 'staging' })).status()).toBe(403);
  expect((await token(caller, line, { room_name: 'room-of-dan' })).status()).toBe(403);
  expect((await token(caller, line, { participant_identity: 'dan' })).status()).toBe(403);

  // Each sees the calls they may see.
  const calls = async (who: Page) => {
    const { calls: list } = await (await ask(who, 'GET', '/api/calls')).json();
    return list.map(({ id }: { id: string }) => id);
  };
  expect((await token(developer, { ...line, deployment: 'staging' })).status()).toBe(201);
  await expect.poll(async () => (await calls(developer)).length).toBe(1);
  const [ofDan] = await calls(developer);
  expect(await calls(caller)).toEqual([]);
  expect((await ask(caller, 'GET', `/api/calls/${ofDan}`)).status()).toBe(404);
  expect((await ask(caller, 'GET', `/api/calls/${ofDan}/transcript`)).status()).toBe(404);
  await caller.goto(`${web}/calls/${ofDan}`);
  await expect(caller.getByText('404')).toBeVisible();
  expect((await ask(developer, 'DELETE', `/api/calls/${ofDan}`)).status()).toBe(403);
  expect((await ask(admin, 'DELETE', `/api/calls/${ofDan}`)).status()).toBe(204);

  // A caller calls, and finds that call in their history, without what is for others.
  await caller.goto(`${web}/?deployment=staging`);
  await caller.getByRole('button', { name: 'Start call' }).click();
  await expect(caller.getByRole('log', { name: 'Transcript' })).toContainText(/Ada|help/, {
    timeout: 30_000,
  });
  const [own] = await calls(caller);
  const { call } = await (await ask(caller, 'GET', `/api/calls/${own}`)).json();
  expect(call.deployments).toEqual(['production']);
  expect((await ask(caller, 'POST', `/api/rooms/${call.room}/listen`)).status()).toBe(403);
  const asked = { takeover: 'stay' };
  const invitation = (who: Page) => ask(who, 'POST', `/api/rooms/${call.room}/invitations`, asked);
  expect((await invitation(caller)).status()).toBe(201);
  await caller.getByRole('button', { name: 'End call' }).click();
  await expect(caller.getByRole('button', { name: 'Start again' })).toBeVisible();

  await caller.goto(`${web}/account`);
  await caller.getByRole('button', { name: 'Sign out' }).click();
  await expect(caller.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect((await ask(caller, 'GET', '/api/calls')).status()).toBe(401);
  await caller.getByLabel('E-mail').fill('cleo@example.com');
  await caller.getByLabel('Password').fill('not the password at all');
  await caller.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(caller.getByText('E-mail or password is wrong.')).toBeVisible();
  await caller.getByLabel('Password').fill(PASSWORD);
  await caller.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(caller.getByRole('button', { name: 'Start call' })).toBeVisible();

  await admin.goto(`${web}/people/log`);
  await expect(
    admin.getByRole('row', { name: /Ann person invited dan@example.com/ }),
  ).toBeVisible();
  await expect(admin.getByRole('row', { name: /Ann call deleted/ })).toBeVisible();
  await admin.screenshot({ path: info.outputPath('log.png') });
});

test('a forgotten password: a link from an admin, once, and signed out', async ({ page }, info) => {
  const [admin, caller] = [others[0], others[2]].map((one) => one?.pages()[0]) as [Page, Page];
  await admin.goto(`${web}/people`);
  await admin.getByRole('button', { name: 'Link for a new password: Cleo' }).click();
  const link = await admin.getByText(`${web}/password/`).innerText();
  await admin.screenshot({ path: info.outputPath('link.png'), fullPage: true });
  await page.goto(link);
  await page.screenshot({ path: info.outputPath('password.png') });
  await page.getByLabel('Password').fill(`${PASSWORD}, and new`);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('button', { name: 'Start call' })).toBeVisible();
  expect((await ask(caller, 'GET', '/api/calls')).status()).toBe(401);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'The link does not hold' })).toBeVisible();
  await admin.goto(`${web}/people/log`);
  await expect(
    admin.getByRole('row', { name: /Cleo password set by link cleo@example.com/ }),
  ).toBeVisible();
  expect(started.said()).not.toContain(link.split('/').at(-1));
});

test('an API key sends an agent from a script, and can do nothing else', async () => {
  const developer = others[1]?.pages()[0] as Page;
  await developer.goto(`${web}/account`);
  await developer.getByLabel('What is it for?').fill('nightly');
  await developer.getByLabel('send agents').check();
  await developer.getByRole('button', { name: 'Make key' }).click();
  const key = await developer.getByText(/^cb_[\w-]+$/).innerText();
  await developer.screenshot({ path: test.info().outputPath('account.png'), fullPage: true });
  const dispatch = (args: readonly string[], CALLBOARD_API_KEY: string) =>
    run(process.execPath, ['scripts/dispatch.mjs', ...args], {
      env: { ...process.env, CALLBOARD_URL: web, CALLBOARD_API_KEY },
    }).then(
      ({ stdout }) => stdout,
      ({ stderr }) => `failed: ${stderr}`,
    );
  const create = ['create', 'nightly-1', '--agent', 'line-check', '--deployment', 'staging'];
  expect(await dispatch(create, '')).toContain('failed: Nobody is signed in.');
  expect(await dispatch(create, `${key}x`)).toContain('failed: Nobody is signed in.');
  expect(await dispatch(create, key)).toContain('line-check');
  expect(await dispatch(['rooms'], key)).toContain('failed: This is not permitted.');
  expect(await dispatch(['end', 'nightly-1'], key)).toContain('nightly-1 has ended');
  expect(started.said()).not.toContain(key);
});

test('a passkey in place of the password', async () => {
  const admin = others[0]?.pages()[0] as Page;
  const devtools = await admin.context().newCDPSession(admin);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await admin.goto(`${web}/account`);
  await admin.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(admin.getByText('Passkey 1')).toBeVisible();
  await admin.getByRole('button', { name: 'Sign out' }).click();
  await admin.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(admin.getByRole('button', { name: 'Start call' })).toBeVisible();
  await expect(nav(admin)).toContainText(['Doctor']);
});
