// Dispatch with real workers: who gets the job, what the API then shows, and who leaves when a job
// is ended. The HTTP routes have their own tests.

import { afterAll, expect, test } from 'vitest';
import { sharedStage } from '@/agent/testing/stage';
import type { EventWriter } from '@/lib/calls/delivery/event-writer';
import type { CallEvent, EventData } from '@/lib/calls/event';
import { catalogue } from '@/lib/core/catalogue';
import { dispatchAgent } from '@/lib/dispatch/dispatch-agent';
import { removeDispatch } from '@/lib/dispatch/remove-dispatch';
import { createRoom, endRoom, listDispatches } from '@/lib/dispatch/rooms';
import { ensureAgent } from '@/lib/dispatch/send-agent';
import { recordReports } from '@/lib/livekit/workers';
import { testServer } from '@/lib/testing/server';

const stage = await sharedStage();
/** Events of the web process. */
const events: EventData[] = [];
const server = {
  ...testServer(stage.env),
  events: { add: ({ what }: CallEvent) => events.push(what) > 0 } as EventWriter,
};

const lineCheck = (deployment: string) => ({
  name: 'line-check',
  deployment,
  metadata: 'm',
});
/** Feeds the workers' latest reports to the registry. */
function hearWorkers() {
  for (const worker of Object.values(stage.workers)) {
    recordReports(
      server,
      catalogue.flatMap(({ name }) => worker.reportsOn(name).slice(-1)),
    );
  }
}
const states = async (room: string) =>
  (await listDispatches(stage, room)).flatMap(({ agent, jobs }) =>
    jobs.map(({ state }) => `${agent} ${state}`),
  );

afterAll(() => stage.close());

test('several tokens for a live room dispatch exactly one agent', async () => {
  const caller = await stage.call(undefined);
  const agent = lineCheck('production');
  const wanted = { ...agent, room: caller.room, agent: agent.name, by: 'token' } as const;
  const bring = () => ensureAgent(server, wanted);
  await Promise.all([bring(), bring(), bring()]);
  await caller.answered();
  await bring();
  await expect.poll(() => caller.said).toContain('line check');
  await bring();
  expect(caller.agentNames()).toEqual(['line-check']);
  expect(await listDispatches(stage, caller.room)).toHaveLength(1);
  await caller.hangUp();
});

test('of two agents one is ended, and the other and the caller stay', async () => {
  hearWorkers();
  const agents = [lineCheck('production'), { ...lineCheck('staging'), name: 'front-desk' }];
  const opened = await createRoom(server, { name: 'two', agents });
  const caller = await stage.call(undefined, { room: 'two' });
  await expect.poll(() => caller.agentNames()).toEqual(['front-desk', 'line-check']);
  const running = ['front-desk running', 'line-check running'];
  await expect.poll(async () => (await states('two')).sort()).toEqual(running);
  await expect.poll(() => caller.saidBy.get('Ada')).toContain('How can I help?');

  await removeDispatch(server, 'two', opened.agents[0]?.dispatch_id as string);
  await expect.poll(() => caller.agentNames()).toEqual(['front-desk']);
  expect(await states('two')).toEqual(['front-desk running']);
  const { heartbeats } = caller;
  await expect.poll(() => caller.heartbeats).toBeGreaterThan(heartbeats + 2);
  expect(caller.leaving).toBe('shutdown');
  // Failover must not replace it.
  const left = { kind: 'agent_left', agent: agents[0]?.name, why: 'shutdown' };
  expect(events).toContainEqual(expect.objectContaining(left));
  await caller.hangUp();
});

test('an agent that vanished is not shown as running, whatever LiveKit says; another may join', async () => {
  hearWorkers();
  const caller = await stage.call('line-check');
  await caller.answered();
  const sent = (await listDispatches(stage, caller.room))[0]?.dispatch_id;
  await stage.rooms.removeParticipant(caller.room, caller.agent()?.identity as string);
  await expect.poll(() => states(caller.room)).toEqual(['line-check ended']);
  const [gone] = await listDispatches(stage, caller.room);
  expect(gone?.jobs).toMatchObject([{ reported: 'JS_RUNNING', worker: null, ended_at: null }]);

  hearWorkers();
  const again = await dispatchAgent(server, caller.room, lineCheck('production'), {});
  expect(again.created).toBe(true);
  expect(again.answer.dispatch_id).not.toBe(sent);
  await expect.poll(() => states(caller.room)).toEqual(['line-check ended', 'line-check running']);
  await caller.hangUp();
});

/** Ends a room while its agent is joining: LiveKit assigns the job anyway. */
async function endedAtOnce(name: string): Promise<void> {
  hearWorkers();
  await createRoom(server, { name, agents: [lineCheck('production')] });
  await endRoom(server, name);
}

test('a room that ended before its agent joined does not come back with it', async () => {
  const name = 'ended at once';
  await endedAtOnce(name);
  const kinds = () => stage.web.eventsOf(name).map(({ what }) => what.kind);
  await expect.poll(kinds).toContain('agent_left');
  await expect.poll(() => stage.rooms.listRooms([name])).toEqual([]);
});

test('a room that its agent recreates continues when its caller returns', async () => {
  const name = 'recreated';
  await endedAtOnce(name);
  const there = async () => (await stage.rooms.listParticipants(name)).length;
  await expect.poll(() => there().catch(() => 0)).toBe(1);
  const caller = await stage.call(undefined, { room: name });
  await expect.poll(() => caller.said).toContain('line check');
  await caller.hangUp();
});
