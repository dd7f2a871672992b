// How jobs end, with a LiveKit server of its own: its first dispatch lists no job for 5 s, and its debug server shows what it
// keeps of ended jobs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '@/agent/testing/stage';
import { agentsIn } from '@/lib/dispatch/presence';
import { removeDispatch } from '@/lib/dispatch/remove-dispatch';
import { testServer } from '@/lib/testing/server';

let stage: Stage;
/** LiveKit's handlers before the first call. */
let before: number;

/** Number of LiveKit's handlers of requests, of which it has one for each job. */
async function handlers(): Promise<number> {
  const response = await fetch(`${stage.debugUrl}pprof/goroutine?debug=1`);
  // "1 @ 0x…", and the stack of these goroutines.
  const stacks = (await response.text()).split(/\n(?=\d+ @ )/);
  const own = stacks.filter((stack) => /rpcHandlerImpl\[.*\]\)\.run\.func1\+/.test(stack));
  return own.reduce((sum, stack) => sum + Number.parseInt(stack, 10), 0);
}

beforeAll(async () => {
  stage = await openStage();
  await stage.startWorker().live();
  before = await handlers();
});
afterAll(() => stage?.close());

test('a deleted dispatch has no agent in the room, whether LiveKit lists its job or not', async () => {
  const caller = await stage.call('line-check');
  await caller.answered();
  const [dispatch] = await stage.dispatches.listDispatch(caller.room);
  await removeDispatch(testServer(stage.env), caller.room, dispatch?.id as string);
  expect(agentsIn(await stage.rooms.listParticipants(caller.room))).toEqual([]);
  await caller.hangUp();
});

test('LiveKit keeps nothing of a job that has ended', async () => {
  expect(before).toBeGreaterThan(0);
  const caller = await stage.call('line-check');
  await caller.answered();
  expect(await handlers()).toBeGreaterThan(before);
  await caller.hangUp();
  await expect.poll(handlers).toBe(before);
});
