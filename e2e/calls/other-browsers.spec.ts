// Calls in other browsers than Chromium: an installed Firefox, and in the projects of their names Playwright's Firefox and
// WebKit. Several behaviours share a call, because calls are real time.
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { Caller, HEARING_MS } from '@/e2e/support/caller';
import {
  callsByKeyboard,
  isInterrupted,
  returns,
  tabTo,
  takesOver,
} from '@/e2e/support/conversations';
import { knock, mediaPorts } from '@/e2e/support/media-ports';
import { FIREFOX, startBrowser } from '@/e2e/support/other-browsers';
import { HAS_PULSE_AUDIO, openSoundCard, type SoundCard } from '@/e2e/support/sound-card';
import { test as base, collectViolations, expect } from '@/e2e/support/test';
import { isPlaywrights } from '@/scripts/browser';

interface Fixtures {
  /** The sound card of the browser; undefined where the machine's own has to do. */
  card: SoundCard | undefined;
  /** Opens the start page in a browser that allows or blocks the microphone and sound. */
  visit: (media: 'allowed' | 'blocked') => Promise<Caller>;
}

const test = base.extend<Fixtures>({
  card: async ({ browserName: _ }, use) => {
    const card = HAS_PULSE_AUDIO ? await openSoundCard() : undefined;
    await use(card);
    await card?.close();
  },
  visit: async ({ card, stack, violations }, use, info) => {
    const { project } = info;
    const isInstalled = FIREFOX !== undefined && HAS_PULSE_AUDIO;
    info.skip(
      !isPlaywrights(project.name) && !isInstalled && !process.env.CI,
      'Firefox or PulseAudio is not installed',
    );
    const ends: (() => Promise<void>)[] = [];
    await use(async (media) => {
      const browser = await startBrowser(project.name, media, card);
      ends.push(() => browser.close());
      const isAsked = project.name === 'webkit' && media === 'allowed';
      const context = await browser.newContext({ permissions: isAsked ? ['microphone'] : [] });
      await collectViolations(context, violations);
      return Caller.open(context, stack, '/', media === 'allowed' ? 'test' : 'device', card);
    });
    await Promise.all(ends.map((end) => end()));
  },
});

test('a call: greeting, questions by voice and text, a reload, a colleague, and the agent called back', async ({
  visit,
  browser: chromium,
  stack,
}) => {
  const anna = await visit('allowed');
  const notices = await anna.page.evaluateHandle(() => {
    const seen: string[] = [];
    const look = () => {
      const alert = document.querySelector('main [role=alert]')?.textContent;
      if (alert && seen.at(-1) !== alert) seen.push(alert);
    };
    const all = { subtree: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document.body, all);
    return seen;
  });
  await anna.startAndBeGreeted(ADA);
  await anna.asks('What are your prices?', /./);

  // What the network sees of the call: one port, which answers nobody who is not in the call.
  const ports = process.platform === 'linux' ? mediaPorts() : [];
  if (process.platform === 'linux') expect(ports).not.toEqual([]);
  expect(new Set(ports.map(({ address }) => address)).size).toBeLessThan(2);
  const outside = knock(ports);
  await anna.types(ASK_ADDRESS);
  await anna.hears(ADDRESS);
  await anna.agentListens();
  expect(outside.answers()).toBe(0);
  outside.close();
  expect(await notices.jsonValue()).toEqual([]);

  await isInterrupted(anna, ASK_ADDRESS);
  await returns(anna, ASK_ADDRESS);

  const url = await anna.invite();
  const context = await chromium.newContext();
  const ben = await Caller.open(context, stack, url);
  await takesOver(ben, anna, ASK_ADDRESS);
  // The link works only once.
  const second = await Caller.open(await chromium.newContext(), stack, url);
  await expect(second.page.getByRole('heading', { level: 1 })).toHaveText(/was used/);
  await second.page.context().close();
  await ben.page.getByRole('button', { name: 'Leave call' }).click();
  await context.close();
  await expect(anna.transcript).toContainText('Ben left');
  await anna.markNow();
  await anna.page.getByRole('button', { name: 'Call Ada back' }).click();
  await anna.hears(/back/i);
  await anna.agentListens();
  await anna.end();
  await expect(anna.status).toHaveText('Call ended');
});

test('microphone and sound blocked: a notice for each, and a call by keyboard', async ({
  card,
  visit,
}, { project }) => {
  const anna = await visit('blocked');
  const soundBlocked = anna.page.getByText('Your browser blocked the sound');
  await callsByKeyboard(anna, async () => {
    await expect(anna.transcript).toContainText(ADA, { timeout: HEARING_MS });
    // WebKit has no setting for it.
    if (project.name === 'webkit') return;
    await expect(soundBlocked).toBeVisible();
    await anna.agentListens();
    if (card) expect(await anna.heard()).toBe('');
    await tabTo(anna, /^Turn on sound$/);
    await anna.page.keyboard.press('Enter');
    await expect(soundBlocked).toBeHidden();
  });
});
