// Each part runs separately, as on several machines. If a deployment has no worker, the page says so and offers
// choices; Try again finds a worker that starts later.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { ADA } from '@/e2e/support/agents';
import { Caller } from '@/e2e/support/caller';
import { deploymentOf } from '@/e2e/support/stack';
import { freePort } from '@/lib/testing/ports';

interface Parts {
  /** URLs of the separately started parts. */
  places: { readonly web: string; readonly speech: string };
  /** Starts `npm run <part>`. */
  part: (name: string, ...args: string[]) => void;
}

const test = base.extend<Parts>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape
  places: async ({}, use) => {
    const [web, speech] = await Promise.all([freePort(), freePort()]);
    await use({ web: `http://127.0.0.1:${web}`, speech: `http://127.0.0.1:${speech}` });
  },
  part: async ({ places }, use, info) => {
    const running: { child: ChildProcess; ended: Promise<unknown> }[] = [];
    const server = resolve('.callboard/bin/livekit-server');
    const env = {
      ...process.env,
      DATA_DIR: info.outputPath('data'),
      PORT: new URL(places.web).port,
      CALLBOARD_URL: places.web,
      SPEECH_PORT: new URL(places.speech).port,
      LIVEKIT_PORT: String(await freePort()),
      AGENT_JOIN_TIMEOUT_SECONDS: '3',
      AGENT_DRAIN_SECONDS: '0',
      ...(existsSync(server) && { LIVEKIT_SERVER_BIN: server }),
    };
    await use((name, ...args) => {
      const child = spawn('npm', ['run', name, ...args], { env, stdio: 'ignore' });
      running.push({ child, ended: once(child, 'exit') });
    });
    for (const { child, ended } of running.reverse()) {
      child.kill('SIGTERM');
      await ended;
    }
  },
});

test('no worker for the deployment: the page offers choices; Try again succeeds after a worker starts', async ({
  context,
  part,
  places,
}) => {
  const { web, speech } = places;
  part('livekit');
  part('speech');
  part('web');
  for (const route of [`${web}/api/health`, `${speech}/health`]) {
    await expect.poll(() => isUp(route), { timeout: 60_000 }).toBe(true);
  }

  const anna = await Caller.open(
    context,
    { ...places, livekit: '', apiKey: '', apiSecret: '', pid: 0 },
    '/?deployment=staging',
  );
  await anna.start();
  await expect(anna.status).toHaveText('Connected. Waiting for the agent…');
  await expect(anna.page.getByText('Ada is not on the line yet')).toBeVisible();
  // The page shows the requested agent name, to compare with the workers that run.
  await expect(anna.page.getByText('front-desk').first()).toBeVisible();
  await expect(anna.page.getByRole('button', { name: 'End call' }).first()).toBeVisible();
  await anna.page.getByRole('button', { name: 'Keep waiting' }).click();
  await expect(anna.page.getByText('Ada is not on the line yet')).toBeHidden();
  // The call continues: the choices come back after the same time.
  await expect(anna.page.getByText('Ada is not on the line yet')).toBeVisible();

  // A worker that starts within 20 s gets the call automatically; later ones need Try again.
  await expect(anna.page.getByText('Ada did not come')).toBeVisible({ timeout: 40_000 });

  part('agent', '--', '--deployment', 'staging');
  await expect
    .poll(async () => (await deploymentOf(web, 'front-desk', 'staging')).live, { timeout: 60_000 })
    .toBe(true);
  await anna.page.getByRole('button', { name: 'Try again' }).click();
  await anna.hears(ADA);
  await expect(anna.page.getByText('staging ✓')).toBeVisible();
  await anna.end();
});

async function isUp(route: string): Promise<boolean> {
  return fetch(route).then(
    (answer) => answer.ok,
    () => false,
  );
}
