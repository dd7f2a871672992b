// What sends and ends agents besides the page, seen from the caller's side: a share of the rules, the
// HTTP API, and the command line as the README has it.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { activeJobs, agentsIn, rooms, type Stack, TEST_DATA } from './support/stack';
import { expect, test } from './support/test';

const shell = promisify(execFile);
const ADA = /willow|street|can i h/i;

const api = (stack: Stack, path: string, init?: RequestInit) =>
  fetch(new URL(`/api/${path}`, stack.web), init);

/** Puts these rules in force; each sends its agent when a room starts. */
const setRules = (
  ...rules: { name: string; if?: object; agent: string; [then: string]: unknown }[]
) =>
  writeFile(
    join(TEST_DATA, 'rules.json'),
    JSON.stringify({
      rules: rules.map(({ name, if: given, ...sent }) => ({
        name,
        when: 'room_started',
        if: given,
        // biome-ignore lint/suspicious/noThenProperty: the word of the file.
        then: sent,
      })),
    }),
  );
test.afterEach(() => setRules());

test('rules send to the deployment they name, and to no other', async ({ stack }) => {
  const agent = 'line-check';
  await setRules(
    { name: 'Day', if: { room: 'day-*' }, agent },
    { name: 'Rehearsal', if: { room: 'rehearsal-*' }, agent, deployment: 'staging' },
  );
  for (const name of ['day-1', 'rehearsal-1']) await rooms(stack).createRoom({ name });
  await expect.poll(() => agentsIn(stack, 'day-1')).toEqual(['line-check production']);
  await expect.poll(() => agentsIn(stack, 'rehearsal-1')).toEqual(['line-check staging']);
  for (const name of ['day-1', 'rehearsal-1']) await rooms(stack).deleteRoom(name);
});

test('a share sends a caller of the page to staging, and tells them nothing is wrong', async ({
  caller,
  stack,
}) => {
  const share = { deployment: 'staging', percent: 100 };
  await setRules({ name: 'All', agent: 'front-desk', share });
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  expect(await agentsIn(stack, anna.room)).toEqual(['front-desk staging']);
  expect(await activeJobs(stack, 'front-desk', 'production')).toBe(0);
  await expect(anna.page.getByText('Wrong deployment')).toBeHidden();
  await anna.end();
});

test('one dispatch is ended: the agent goes, the caller stays and calls it back', async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const path = `rooms/${anna.room}/dispatches`;
  const { dispatches } = (await (await api(stack, path)).json()) as {
    dispatches: { dispatch_id: string; agent: string; jobs: { state: string }[] }[];
  };
  expect(dispatches).toMatchObject([{ agent: 'front-desk', jobs: [{ state: 'running' }] }]);
  await api(stack, `${path}/${dispatches[0]?.dispatch_id}`, { method: 'DELETE' });
  await anna.markNow();
  await anna.page.getByRole('button', { name: 'Call Ada back' }).click();
  await anna.hears(/back/i);
  await anna.end();
});

test('a room is ended for everyone, and the caller reads why', async ({ caller, stack }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const reason = 'We close at six today. Please call again tomorrow.';
  const room = `rooms/${anna.room}?reason=${encodeURIComponent(reason)}`;
  expect((await api(stack, room, { method: 'DELETE' })).status).toBe(204);
  await expect(anna.page.getByText(reason)).toBeVisible();
});

test("the README's commands: an agent is sent, listed, and its room ended", async ({ stack }) => {
  const run = async (command: string) => {
    const env = { ...process.env, CALLBOARD_URL: stack.web };
    return (await shell('sh', ['-c', command], { env })).stdout;
  };
  expect(await run('npm run dispatch -- agents')).toMatch(/line-check.*staging/s);
  await run('npm run dispatch -- create support-1 --agent line-check --deployment staging');
  await expect.poll(() => agentsIn(stack, 'support-1')).toEqual(['line-check staging']);
  await expect
    .poll(() => run('npm run dispatch -- list support-1'))
    .toMatch(/line-check.*staging.*running/s);
  await run('npm run dispatch -- end support-1 --reason "We close at six today."');
  expect(await rooms(stack).listRooms(['support-1'])).toEqual([]);
});
