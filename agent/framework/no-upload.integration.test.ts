// Sessions of a real worker, on a LiveKit server that asks each for an upload: nothing is sent to Callboard, and another program
// gets everything.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOpenAi } from '@/agent/testing/openai';
import { openStage, type Stage } from '@/agent/testing/stage';
import type { TestWorker } from '@/agent/testing/worker-process';
import { isRunning } from '@/lib/testing/processes';
import { serveFetch, type TestServer } from '@/lib/testing/serve-routes';

const GREETING = 'Hello, this is Quinn.';

let stage: Stage;
let openAi: Awaited<ReturnType<typeof startOpenAi>>;
const workers: Record<string, TestWorker> = {};
/** Paths of all uploads. */
const uploads: string[] = [];
let receiver: TestServer;

beforeAll(async () => {
  receiver = await serveFetch(async (request) => {
    uploads.push(new URL(request.url).pathname);
    await request.arrayBuffer();
    return new Response();
  });
  const { url } = receiver;
  stage = await openStage();
  openAi = await startOpenAi(
    stage.speech,
    [GREETING, GREETING].map((say) => () => ({ say })),
  );
  const settings = {
    ...{ OPENAI_API_KEY: 'a-key-of-openai', OPENAI_BASE_URL: openAi.url },
    LIVEKIT_OBSERVABILITY_URL: url,
  };
  workers.production = stage.startWorker({ ...settings, PUBLIC_URL: url });
  workers.staging = stage.startWorker({ ...settings, LIVEKIT_AGENT_DEPLOYMENT: 'staging' });
  await Promise.all(Object.values(workers).map((worker) => worker.live()));
});

afterAll(async () => {
  await stage?.close();
  await openAi?.close();
  await receiver?.close();
});

/** A call from its start until the process of its agent has exited, after which nothing is uploaded. */
async function call(agent: string, deployment: string, words: string): Promise<void> {
  const caller = await stage.call(agent, { deployment });
  await expect.poll(() => caller.said).toContain(words);
  const job = workers[deployment]?.jobs().find((each) => each.agent === agent);
  await caller.hangUp();
  await expect.poll(() => isRunning(job?.pid as number)).toBe(false);
}

test('an agent of Callboard, and one as in LiveKit’s docs: nothing is uploaded to Callboard', async () => {
  await call('front-desk', 'production', 'How can I help?');
  await call('quinn', 'production', GREETING);
  expect(uploads).toEqual([]);
});

test('another program gets the session of an agent as in LiveKit’s docs', async () => {
  await call('quinn', 'staging', GREETING);
  expect(uploads).toContain('/observability/recordings/v0');
});
