// Restarts every part of a cluster during calls, as an update does: where possible, the new one starts before the old
// one is stopped. No call is lost, and no transcript.
import { expect } from 'vitest';
import { Cluster } from '@/e2e/faults/support/cluster';

/** Calls that continue through all steps. */
const CALLS = 4;

const run = new Cluster('rolling-restart', { AGENT_MAX_JOBS: String(2 * CALLS) });
/** Stopping parts, which drain their calls. */
const ending: Promise<unknown>[] = [];

run.step('calls start', async () => {
  for (const _ of Array(CALLS)) await run.held.begin();
  await run.held.goOn();
});

run.step('web processes, one after the other', async () => {
  for (const at of [0, 1] as const) {
    await run.parts.webs[at].end();
    await run.allGoesOn();
    run.parts.webs[at] = await run.parts.startWeb(at);
  }
});

run.step('workers: new ones take new calls, the old ones drain theirs', async () => {
  const { workers, startWorker, live } = run.parts;
  const old = workers.splice(0);
  workers.push(...old.map(startWorker));
  await live(2 * old.length);
  ending.push(...old.map((part) => part.end()));
  await live(old.length);
  await run.allGoesOn();
});

run.step('Redis and PostgreSQL', async () => {
  const { redis, postgres } = run.parts;
  await redis.stop();
  await redis.run();
  await postgres.stop();
  await postgres.run();
  await run.allGoesOn();
});

run.step('LiveKit nodes: new rooms are on the new one, the old one drains its own', async () => {
  for (const [at, old] of [...run.parts.nodes].entries()) {
    const next = await run.parts.startNextNode(at);
    ending.push(old.stop());
    run.parts.nodes[at] = next;
    await run.allGoesOn();
  }
});

run.step('the proxy', async () => {
  await run.parts.proxy.stop();
  await run.parts.proxy.run();
  await run.allGoesOn();
});

run.step('no caller saw two agents, and no call was lost', async () => {
  expect(run.held.twice).toEqual([]);
  await run.end();
});

run.step('all stopped parts have ended', async () => {
  await Promise.all(ending);
});
