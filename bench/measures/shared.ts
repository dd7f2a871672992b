// What all calls share, and so what bounds how many there can be: the watcher's look at one room, and one
// message of another web process. `npm run simulate` reckons with it.
import { randomUUID } from 'node:crypto';
import { RoomServiceClient } from 'livekit-server-sdk';
import { hear } from '@/lib/processes/bus';
import { hearOthers } from '@/lib/processes/hear-others';
import type { WorkerReport } from '@/lib/worker-report';
import type { Finding } from '../finding';
import type { Bench } from '../support/bench';

/** Rooms that are looked at, and messages that are read, for each run. */
const LOOKS = 50;
const MESSAGES = 2_000;

/** Milliseconds that one of `count` takes. */
async function each(count: number, work: (at: number) => unknown): Promise<number> {
  const began = performance.now();
  for (let at = 0; at < count; at += 1) await work(at);
  return (performance.now() - began) / count;
}

/** A worker's report of its three agents, as the bus carries it. */
function report(worker: number): string {
  const one = (agent: string): WorkerReport => ({
    ...{ worker: `w-${worker}-0a1b2c3d`, agent, deployment: '', version: '0.1.0' },
    ...{ activeJobs: 3, pendingJobs: 0, maxJobs: 8, state: 'live', host: 'worker-host' },
    ...{ load: 0.3, warm: 1, lagMs: 12, newRooms: [`room-${randomUUID()}`] },
  });
  const body = ['front-desk', 'billing', 'line-check'].map(one);
  return `other ${randomUUID()} 0 1 ${JSON.stringify({ topic: 'reports', body })}`;
}

export async function shared(bench: Bench): Promise<Finding[]> {
  const { livekit, apiKey, apiSecret } = await bench.stack();
  const rooms = new RoomServiceClient(livekit.replace(/^ws/, 'http'), apiKey, apiSecret);
  const name = `bench-${randomUUID()}`;
  await rooms.createRoom({ name, emptyTimeout: 60 });
  const runs = Array.from({ length: bench.runs }, (_, run) => run);
  const looks: number[] = [];
  for (const _ of runs) looks.push(await each(LOOKS, () => rooms.listParticipants(name)));
  await rooms.deleteRoom(name);

  hearOthers();
  const told = Array.from({ length: MESSAGES }, (_, at) => report(at % 10));
  const heard: number[] = [];
  for (const _ of runs) heard.push(await each(MESSAGES, (at) => hear(told[at] as string)));
  return [
    { what: 'who is in a room, asked of LiveKit', unit: 'ms', values: looks },
    { what: 'a report of a worker, from another web process', unit: 'ms', values: heard },
  ];
}
