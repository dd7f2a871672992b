// The call pages with real calls: watch, listen to and end a call there, find it by a word that was said, save it as a
// file, and delete it.
import { readFile } from 'node:fs/promises';
import { fitsWidth } from '@/e2e/support/accessibility';
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { HEARING_MS } from '@/e2e/support/caller';
import { isPictured } from '@/e2e/support/pictures';
import { reportCalls, reportEvents } from '@/e2e/support/sample-calls';
import { HEARD_SHARE, wordsKept } from '@/e2e/support/speech';
import { UPDATE_MS } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';
import { INSTRUCTIONS, uploadedEvents } from '@/lib/testing/calls';

test('a call is visible while it is in progress and afterwards', async ({
  caller,
  context,
  stack,
}) => {
  const desk = await context.newPage();
  await desk.goto(new URL('/calls/live', stack.web).href);
  await expect(desk.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible();
  const live = desk.getByRole('list', { name: 'Live calls' });

  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const row = live.getByRole('listitem').filter({ hasText: 'Ada' });
  await expect(row).toBeVisible({ timeout: UPDATE_MS });
  await expect(row).toContainText(/listening|speaking|agent connected/);

  // Watch it on its page, where the transcript updates live.
  const tabs = desk.getByRole('navigation', { name: 'Which calls' });
  await expect(tabs.getByRole('link', { name: /^Live/ })).toHaveText(/\d$/);
  await row.getByRole('link').click();
  const heading = desk.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('In a call with Ada');
  const transcript = desk.getByRole('region', { name: 'Transcript' });
  await expect(transcript).toContainText(/Willow Street/, { timeout: UPDATE_MS });
  await desk.getByRole('textbox', { name: 'Whisper to the agent' }).fill('Be brief.');
  await desk.keyboard.press('Enter');
  await expect(desk.getByText(/^Sent\./)).toBeVisible();
  await anna.asks(ASK_ADDRESS, ADDRESS);
  await expect(transcript).toContainText(/your address/i, { timeout: UPDATE_MS });
  await expect(transcript.getByText(/Answered after [\d.]+ m?s/).first()).toBeAttached({
    timeout: UPDATE_MS,
  });
  // The title is what the call is about.
  await expect(heading).toHaveText(/your address/i);
  await isPictured(desk, 'whisper');
  await anna.end();
  await expect(desk.getByText('ended by the caller')).toBeVisible({ timeout: UPDATE_MS });

  // Turns on the time axis, by keyboard, and below them the stages in milliseconds.
  const tab = (name: string) => desk.getByRole('tab', { name }).click();
  await tab('Traces');
  const stages = desk.getByRole('region', { name: 'From click to voice' }).getByRole('row');
  await expect(stages.filter({ hasText: 'Agent joins' })).toContainText(/\d m?s/);
  await expect(stages.filter({ hasText: 'First voice' })).toContainText(/\d m?s/);
  const picture = desk.getByRole('listbox', { name: /Timeline of the conversation/ });
  await picture.focus();
  await desk.keyboard.press('End');
  await expect(picture.getByRole('option', { selected: true })).toHaveCount(1);
  await tab('Events');
  await desk.getByRole('checkbox', { name: 'Agent states' }).check();
  const happened = desk.getByRole('region', { name: 'Events' });
  await expect(happened).toContainText(/Ada joined, production, worker/);
  await expect(happened).toContainText(/Ada is (listening|speaking)/);
  await expect(happened).toContainText('whispered to the agent: “Be brief.”');

  await tab('Usage');
  const usage = desk.getByRole('region', { name: 'Usage' });
  await expect(usage).toContainText(/Speech to text.*\d s of audio/s);
  await expect(usage).toContainText(/Text to speech.*\d characters/s);

  await tab('Transcript');
  const [file] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('link', { name: 'WebVTT' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^callboard-[\d-]+-front-desk\.vtt$/);
  expect(await readFile(await file.path(), 'utf8')).toMatch(/^WEBVTT\n\n[\d:.]+ --> .+\n<v Ada>/);

  // The search finds words that were said, and no others.
  const page = desk.url();
  await desk.getByRole('main').getByRole('link', { name: 'Calls', exact: true }).click();
  const words = desk.getByRole('searchbox', { name: 'Words said' });
  const earlier = desk.getByRole('list', { name: 'Past calls' });
  await words.fill('Willow');
  await expect(desk).toHaveURL(/text=Willow/);
  await expect(earlier.locator(`a[href="${new URL(page).pathname}"]`)).toBeVisible();
  await words.fill('zebra');
  await expect(desk.getByText('No matching calls')).toBeVisible();
  await desk.getByRole('button', { name: 'Show all calls' }).click();
  await expect(words).toHaveValue('');

  // Delete it with all its data.
  await desk.goto(page);
  await desk.getByRole('button', { name: 'Delete call' }).click();
  await expect(desk.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await desk.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(desk).toHaveURL(/\/calls$/);
  const answer = await desk.request.get(new URL(`/api${new URL(page).pathname}`, stack.web).href);
  expect(answer.status()).toBe(404);
});

test('a developer listens in, and the caller sees it; the call is ended for everyone, with a reason', async ({
  caller,
  context,
  stack,
}) => {
  const anna = await caller();
  await expect(anna.page.getByText('This call may be monitored.')).toBeVisible();
  await anna.startAndBeGreeted(ADA);
  const mark = anna.page.getByText('Somebody is listening in');
  await expect(mark).toHaveCount(0);
  const places = async () => [
    await anna.page.getByRole('heading', { level: 1 }).boundingBox(),
    await anna.page.getByText('front desk', { exact: true }).boundingBox(),
    await anna.page.locator('canvas').boundingBox(),
  ];
  const before = await places();
  const desk = await caller('/calls/live');
  const row = desk.page
    .getByRole('list', { name: 'Live calls' })
    .getByRole('listitem')
    .filter({ hasText: 'Ada' });
  await row.getByRole('button', { name: /^Listen in: .* → Ada$/ }).click({ timeout: UPDATE_MS });
  const listening = 'You are listening.';
  await expect(row.getByRole('status')).toHaveText(listening);
  await expect(mark).toBeVisible();
  expect(await places()).toEqual(before);
  await desk.markNow();
  const answer = await anna.asks(ASK_ADDRESS, ADDRESS);
  await expect
    .poll(async () => wordsKept(answer, await desk.heard()), { timeout: HEARING_MS })
    .toBeGreaterThanOrEqual(HEARD_SHARE);

  // Leaving the page ends listening; start it again there by keyboard.
  await row.getByRole('link').click();
  const begin = desk.page.getByRole('button', { name: /^Listen in/ });
  await expect(begin).toHaveAccessibleDescription(
    'People in the call see that somebody is listening.',
  );
  await begin.press('Enter');
  const stop = desk.page.getByRole('button', { name: /^Stop listening/ });
  await expect(stop).toBeFocused();
  await expect(desk.page.getByText(listening)).toBeVisible();
  await stop.press('Enter');
  await expect(begin).toBeFocused();
  await expect(mark).toHaveCount(0);
  await begin.press('Enter');
  await expect(desk.page.getByText(listening)).toBeVisible();
  await anna.agentListens();

  const calls = await context.newPage();
  await calls.goto(new URL('/calls/live', stack.web).href);
  await calls.getByRole('button', { name: /^End call: .* → Ada$/ }).click();
  await expect(calls.getByRole('textbox', { name: /End this call for everyone/ })).toBeFocused();
  await calls.keyboard.type('The practice closes now.');
  await calls.getByRole('button', { name: 'End call for everyone' }).click();
  await expect(anna.status).toHaveText('Call ended');
  await expect(anna.page.getByText('The practice closes now.')).toBeVisible();
  await expect(calls.getByText('No calls in progress.')).toBeVisible({ timeout: UPDATE_MS });
  await expect(desk.page.getByText('ended by the server')).toBeVisible({ timeout: UPDATE_MS });
  await expect(stop).toHaveCount(0);
  await expect(begin).toHaveCount(0);
});

test('what an agent in another worker has uploaded about a call', async ({ page, stack }) => {
  // A call of Frank.
  const seed = 70_001;
  const at = Date.now() - 20 * 60_000;
  await reportCalls(stack, [seed], at, { agent: 2, ending: 'caller' });
  await reportEvents(
    stack,
    uploadedEvents({ call: `sample-${seed}`, room: `room-${seed}` }, at + 20_000),
  );
  await page.goto(new URL(`/calls/sample-${seed}`, stack.web).href);

  const outcome = page.getByRole('region', { name: 'Outcome' });
  await expect(outcome).toContainText('“The caller has an appointment.”');
  await expect(outcome.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveText([
    'new patient',
    'booked',
  ]);
  const evaluations = outcome.getByRole('list', { name: 'Evaluations' }).getByRole('listitem');
  await expect(evaluations).toHaveText([/politeness.*pass.*said please/, /brevity.*maybe/]);

  const tab = (name: string) => page.getByRole('tab', { name }).click();
  await tab('Usage');
  const version = page.getByRole('region', { name: 'Version of the agent' });
  await expect(version).toContainText(/v7-3f2a.*Tools: find_times, book/);
  await expect(version.getByText(INSTRUCTIONS)).toHaveCount(0);
  await version.getByText('Instructions').click();
  await expect(version.getByText(INSTRUCTIONS)).toBeVisible();

  await tab('Transcript');
  const answer = page
    .getByRole('region', { name: 'Transcript' })
    .getByRole('listitem')
    .filter({ hasText: 'half past two.' });
  await expect(answer).toContainText(
    'transcript 180 ms → end of turn 420 ms → first token 790 ms → voice 1.7 s',
  );
  const steps = answer.getByRole('listitem');
  await expect(steps).toHaveCount(0);
  // By keyboard.
  await answer.getByText('Where the time went').press('Enter');
  await expect(steps).toHaveText([
    /^Caller speaks .*2\.4 s$/,
    /^End of turn .* begins 0 ms after the line.*420 ms$/,
    /^Language model gpt-5-mini · first token after 350 ms .*410 ms$/,
    /^Tool find_times .* begins 860 ms after the line.*160 ms$/,
    /^Language model gpt-5-mini · first token after 300 ms .*460 ms$/,
    /^Text to speech flite · first audio after 380 ms .*3\.2 s$/,
    /^Agent speaks .*3\.2 s$/,
  ]);
  await page.setViewportSize({ width: 320, height: 640 });
  await fitsWidth(page, 'with the steps of an answer');

  await tab('Events');
  // Measured steps are not among the events that are shown at first.
  const events = page.getByRole('region', { name: 'Events' });
  await expect(events).toContainText('Tag: booked');
  await expect(events).not.toContainText('measured steps');
  await events.getByRole('checkbox', { name: 'Agent states' }).check();
  await expect(events).toContainText('8 measured steps');
});
