// Every part of a cluster is restarted under calls, as an update does it: the new one first where it can be, the
// old one asked to end. No call is lost, and nothing of what was said.
import { expect } from 'vitest';
import { Cluster } from './support/cluster';

/** Calls that go on. */
const CALLS = 4;

const run = new Cluster('rolling-restart', { AGENT_MAX_JOBS: String(2 * CALLS) });
/** Parts that were asked to end, and go on until their calls are over. */
const ending: Promise<unknown>[] = [];

run.step('calls begin', async () => {
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

run.step('workers: new ones take the calls that begin, the old ones keep theirs', async () => {
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

run.step('LiveKit nodes: new rooms are on the new one, the old one keeps its own', async () => {
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

run.step('what was asked to end has ended', async () => {
  await Promise.all(ending);
});
