// Kills processes of the stack under test, found by their parents, with SIGKILL.
import { expect } from '@playwright/test';
import type { Stack } from '@/e2e/support/stack';
import { descendants } from '@/lib/testing/processes';

/** Kills the process of a call on this worker (id `w-<pid>-…`). */
export function killJob(worker: string, agent: string): void {
  const job = descendants(Number(worker.split('-')[1])).find(({ command }) =>
    command.endsWith(`job-process ${agent}`),
  );
  expect(job, 'the process of the call').toBeDefined();
  if (job) process.kill(job.pid, 'SIGKILL');
}

/** Kills livekit-server. */
export function killServer(stackPid: number): void {
  const server = descendants(stackPid).find(({ command }) => /livekit-server$/.test(command));
  expect(server, 'livekit-server').toBeDefined();
  if (server) process.kill(server.pid, 'SIGKILL');
}

/** Waits until the supervisor has restarted livekit-server. */
export async function livekitIsBack(stack: Stack): Promise<void> {
  await expect
    .poll(
      () =>
        fetch(stack.livekit.replace('ws', 'http'))
          .then((answer) => answer.status)
          .catch(() => 0),
      { timeout: 20_000 },
    )
    .toBe(200);
}
