// Finds the processes of a product under test by their parents, to cause faults in them.
import type { ParticipantInfo } from 'livekit-server-sdk';
import { soon } from '@/e2e/faults/support/poll';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import { byAge, descendants } from '@/lib/testing/processes';

/** Commands of the parts in `ps`. */
const PROGRAMS = {
  livekit: /livekit-server$/,
  web: /next-server|next\/dist\/bin\/next start/,
  agent: /agent\/main\.js/,
} as const;
export type PartName = keyof typeof PROGRAMS;

/** Process id of a part's program below `pid`; for web, the process that answers. */
export function programOf(part: PartName, pid: number): number {
  const found = descendants(pid).filter(({ command }) => PROGRAMS[part].test(command));
  const last = found.at(-1);
  if (!last) throw new Error(`no ${part} runs below ${pid}`);
  return last.pid;
}

/** Process id of an agent's worker; the worker id contains it. */
export const workerPid = ({ attributes }: ParticipantInfo) =>
  Number(attributes[AGENT_ATTRIBUTES.worker]?.split('-')[1]);

/** Processes with a job of an agent on a worker, oldest first. */
export function jobsOf(worker: number, agent: string): number[] {
  return descendants(worker)
    .filter(({ command }) => command.endsWith(`job-process ${agent}`))
    .sort(byAge)
    .map(({ pid }) => pid);
}

/** Process of the newest call on a worker. */
export async function newestJob(worker: number, agent: string): Promise<number> {
  await soon(() => jobsOf(worker, agent).length).toBeGreaterThan(0);
  return jobsOf(worker, agent).at(-1) as number;
}

/** Process of an agent's call, if no other call started after it. */
export const jobOf = (agent: ParticipantInfo) =>
  newestJob(workerPid(agent), agent.attributes[AGENT_ATTRIBUTES.agent] ?? '');
