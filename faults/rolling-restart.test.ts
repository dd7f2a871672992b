// Every part of a product of many is started again under ten calls, as an update does it: the new one first where
// it can be, the old one asked to end. No call is lost, and nothing of what was said.
import { expect } from 'vitest';
import { DEPLOYMENTS } from './support/many/cluster';
import { UnderCalls } from './support/many/under-calls';

/** Calls that are held. */
const CALLS = 10;

const run = new UnderCalls('rolling-restart', { AGENT_MAX_JOBS: String(2 * CALLS) });
/** Parts that were asked to end, and go on until their calls are over. */
const ending: Promise<unknown>[] = [];

run.step('ten calls are held', async () => {
  while (run.held.calls.length < CALLS) {
    await Promise.all(DEPLOYMENTS.map((deployment) => run.held.begin(deployment)));
  }
  await run.held.goOn();
});

run.step('web processes, one after the other', async () => {
  for (const at of [0, 1] as const) {
    await run.many.webs[at].end();
    await run.allGoesOn();
    run.many.webs[at] = await run.many.startWeb(at);
  }
});

run.step(
  'workers: new ones take the calls that begin, the old ones go on with theirs',
  async () => {
    const old = run.many.workers.splice(0);
    run.many.workers.push(...old.map(({ deployment }) => run.many.startWorker(deployment)));
    await run.many.live(old.length);
    ending.push(...old.map(({ part }) => part.end()));
    await run.many.live(old.length / 2);
    await run.allGoesOn('staging');
  },
);

run.step('Redis and PostgreSQL', async () => {
  await run.many.redis.service.stop();
  await run.many.redis.service.run();
  await run.many.postgres.stop();
  await run.many.postgres.run();
  await run.allGoesOn();
});

run.step(
  'LiveKit nodes: new rooms are on the new one, the old one goes on with its own',
  async () => {
    for (const at of [0, 1] as const) {
      const next = await run.many.startNextNode(at);
      ending.push(run.many.nodes[at].stop());
      run.many.nodes[at] = next;
      await run.allGoesOn();
    }
  },
);

run.step('the proxy', async () => {
  await run.many.proxy.stop();
  await run.many.proxy.run();
  await run.allGoesOn();
});

run.step('no caller saw two agents, and no call was lost', async () => {
  expect(run.held.twice).toEqual([]);
  await run.end();
});

run.step('what was asked to end has ended', async () => {
  await Promise.all(ending);
});
