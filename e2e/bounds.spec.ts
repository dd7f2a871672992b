// What a stranger reads and gets where people sign in and an agent is public: that agent alone, one call at
// a time, no more than there may be, and a page about privacy that says what the settings do.
import type { Browser } from '@playwright/test';
import { productPorts } from '@/lib/testing/ports';
import { limitWords as german } from '@/lib/text/de-limits';
import { limitWords } from '@/lib/text/en-limits';
import { invite } from '@/lib/text/en-people';
import { Caller } from './support/caller';
import { rooms, type Stack } from './support/stack';
import { type Started, start } from './support/start';
import { expect, test } from './support/test';

/** Milliseconds for three calls on a busy machine: a limit, not a goal. */
const CALLS_MS = 300_000;
/** Milliseconds for a room to be empty once its caller has hung up; it takes under 2 s. */
const EMPTY_MS = 30_000;

let started: Started;
let stack: Stack;

test.beforeAll(async ({ browserName }, info) => {
  expect(browserName).toBe('chromium');
  const ports = await productPorts();
  const web = `http://localhost:${ports.web}`;
  started = await start({
    command: 'start',
    ports,
    data: info.outputPath('data'),
    log: info.outputPath('start.log'),
    settings: {
      ...{ AUTH: 'required', AUTH_SECRET: 'x'.repeat(40), PUBLIC_URL: web, TRUST_PROXY: '1' },
      ...{ PUBLIC_AGENTS: 'line-check,billing', PUBLIC_CALLS_PER_ADDRESS: '4' },
      ...{ MINUTES_A_DAY: 'billing=0', CALLS_KEEP_DAYS: '7', MASK: 'email,card' },
      ...{ RECORD_CALLS: 'on', RECORDINGS_KEEP_DAYS: '2', PRIVACY_CONTACT: 'p@example.com' },
    },
  });
  stack = { ...started.stack, web };
});
test.afterAll(async () => {
  await started?.end('SIGTERM');
});

/** A browser of its own, which says of itself what it is told to. */
async function open(browser: Browser, id: string, locale = 'en-GB'): Promise<Caller> {
  const context = await browser.newContext({ permissions: ['microphone'], locale });
  await context.addInitScript((own) => localStorage.setItem('callboard.caller', own), id);
  return Caller.open(context, stack);
}

test('a stranger may call the public agents, and reads why a call is refused', async ({
  browser,
}, info) => {
  info.setTimeout(CALLS_MS);
  const one = await open(browser, 'kitchen-tablet');
  const agents = one.page.getByLabel('Agent', { exact: true });
  await expect(agents.locator('option')).toHaveText([/^Milo/, /^Frank/]);
  await expect(one.page.getByText(/\bAda\b/)).toHaveCount(0);
  const nav = one.page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await expect(nav).toHaveText(['Call']);
  await one.page.screenshot({ path: info.outputPath('stranger.png') });

  await one.start();
  await one.agentListens();
  // What takes an account is not offered.
  await expect(one.page.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect(one.page.getByRole('button', { name: invite.title })).toHaveCount(0);

  // The same browser's name from somewhere else: one call at a time.
  const two = await open(browser, 'kitchen-tablet');
  await two.start();
  await expect(two.page.getByText(limitWords['in-another-call'](1))).toBeVisible();
  await two.page.screenshot({ path: info.outputPath('in-another-call.png') });
  await one.end();
  await expect(one.status).toHaveText('Call ended');
  const inRoom = async () => (await rooms(stack).listRooms([one.room]))[0]?.numParticipants ?? 0;
  await expect.poll(inRoom, { timeout: EMPTY_MS }).toBe(0);
  await two.start();
  await two.agentListens();
  await two.end();

  const three = await open(browser, 'study-laptop');
  await three.page.getByLabel('Agent', { exact: true }).selectOption('billing');
  await three.start();
  await expect(three.page.getByText(limitWords['day-used-up'](1))).toBeVisible();
  await three.page.screenshot({ path: info.outputPath('day-used-up.png') });

  // Four starts from this address were all there may be, by whatever name.
  const four = await open(browser, 'another', 'de-DE');
  await four.page.getByRole('button', { name: 'Anrufen' }).click();
  const told = new RegExp(german['too-many-calls'](7).replace('7', '\\d+'));
  await expect(four.page.getByText(told)).toBeVisible();
  await four.page.screenshot({ path: info.outputPath('too-many-calls.png') });
  await Promise.all([one, two, three, four].map(({ page }) => page.context().close()));
});

test('the page about privacy says what the settings do', async ({ page }) => {
  await page.goto(`${stack.web}/privacy`);
  for (const said of [
    'A call is kept for 7 days',
    'A recording is kept for 2 days',
    'e-mail addresses and card numbers is left out',
    'A recording has all that was said',
    'Of whoever signs in',
    'made on the machines of whoever runs this server',
    'ask: p@example.com',
  ]) {
    await expect(page.getByText(said)).toBeVisible();
  }
});
