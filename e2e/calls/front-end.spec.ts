// The front ends of `docs/front-ends.md` make calls: LiveKit's stock one, with audio, and a page of another origin.
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { claimsOf } from '@/e2e/support/attack';
import { HEARING_MS } from '@/e2e/support/caller';
import { buildFrontEnd, openFrontEnd, servePage } from '@/e2e/support/front-end';
import { installInPage } from '@/e2e/support/in-page';
import { speak, transcribe } from '@/e2e/support/speech';
import { agentsIn, rooms } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

const MAX_LINES = 60;

test('one page view, one start and one hang-up count as one call', async ({ page, stack }) => {
  const { script, lines } = await buildFrontEnd('tsx');
  expect(lines).toBeLessThan(MAX_LINES);
  /** Rooms of the page's tokens. */
  const asked: string[] = [];
  page.on('response', async (answer) => {
    if (!answer.url().endsWith('/api/token') || !answer.ok()) return;
    asked.push(claimsOf(await answer.json()).video.room);
  });
  const made = async () => (await rooms(stack).listRooms(asked)).map(({ name }) => name);
  const calls = async () => {
    const { calls: all } = await (await fetch(new URL('/api/calls', stack.web))).json();
    return all.filter(({ room }: { room: string }) => asked.includes(room));
  };
  const heard = async (from: number) => {
    const { audio } = await page.evaluate((at) => window.callboardTest.heard(at), from);
    return transcribe(stack.speech, Buffer.from(audio, 'base64'));
  };

  await page.addInitScript(installInPage, { microphone: true });
  await openFrontEnd(page, stack.web, script);
  await expect.poll(() => asked).toHaveLength(1);

  await page.getByRole('button', { name: 'Start call' }).click();
  await expect.poll(() => heard(0), { timeout: HEARING_MS }).toMatch(ADA);
  await expect(page.getByRole('status')).toHaveText('listening', { timeout: HEARING_MS });
  const { samples } = await page.evaluate(() => window.callboardTest.heard(0));
  const question = (await speak(stack.speech, ASK_ADDRESS)).toString('base64');
  await page.evaluate((wav) => window.callboardTest.say(wav), question);
  await expect(page.getByRole('list')).toContainText(ADDRESS, { timeout: HEARING_MS });
  await expect.poll(() => heard(samples), { timeout: HEARING_MS }).toMatch(ADDRESS);
  expect(await made()).toHaveLength(1);

  await page.getByRole('button', { name: 'End call' }).click();
  // It requests the next token at once.
  await expect.poll(() => asked.length).toBeGreaterThan(1);
  await expect.poll(made).toEqual([]);
  await expect
    .poll(calls)
    .toEqual([expect.objectContaining({ agents: ['front-desk'], ended_by: 'caller' })]);
});

test('a page of another origin makes a call, and can read refusals', async ({ page, stack }) => {
  const { script } = await buildFrontEnd('js');
  const shop = new URL(stack.otherOrigin ?? '');
  const own = script.replace('https://calls.example.com', stack.web);
  const stop = await servePage(shop, own);
  let room = '';
  page.on('response', async (answer) => {
    if (answer.request().method() !== 'POST' || !answer.ok()) return;
    room = claimsOf(await answer.json()).video.room;
  });
  await page.goto(shop.href);
  await page.getByRole('button').click();
  await expect(page.locator('audio')).toHaveCount(1, { timeout: HEARING_MS });
  expect(await agentsIn(stack, room)).toEqual(['line-check production']);

  const ask = (agent: string) =>
    page.evaluate(
      async ([url = '', name]) => {
        const body = JSON.stringify({ room_config: { agents: [{ agent_name: name }] } });
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(url, { method: 'POST', headers, body, credentials: 'omit' });
        return [answer.status, (await answer.json()).detail];
      },
      [`${stack.web}/api/token`, agent],
    );
  const other = expect.stringContaining(`Pages of ${shop.origin} may not call billing.`);
  expect(await ask('billing')).toEqual([403, other]);
  // While the page is in the call: the agent closes the room of a caller who leaves.
  await rooms(stack).deleteRoom(room);
  const unlisted = new URL(shop);
  unlisted.hostname = '127.0.0.1';
  await page.goto(unlisted.href);
  expect(await ask('line-check')).toEqual([
    403,
    expect.stringContaining('TOKEN_ORIGINS must list'),
  ]);
  stop();
});
