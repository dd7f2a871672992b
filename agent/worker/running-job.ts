// A job that has a process: keeps a liveness connection to the web process open for it, and ends a process that hangs
// or whose agent has not joined the room in time, because it would block a call forever.
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { log, type RunningJobInfo } from '@livekit/agents';
import type { RoomServiceClient } from 'livekit-server-sdk';
import type { ReconnectingAgents } from '@/agent/reporting/reconnecting';
import { openLivenessConnection } from '@/agent/reporting/web-process';
import type { Config } from '@/lib/core/config';
import { PROCESS_JOIN_TIMEOUT_MS } from '@/lib/core/join-timeouts';
import { agentIdentity } from '@/lib/livekit/attributes';

/** Milliseconds within which the process of an ended call exits. */
const CLOSE_MS = 3_000;
/** Milliseconds between checks whether a process still responds; the framework pings it every 2.5 s. */
const ANSWERS_EVERY_MS = 5_000;
/** Checks without a response after which a process hangs. The framework waits 60 s, and so would the caller. */
const HANGS_LOOKS = 3;

/** Watches a job from the moment it has a process. */
export type Watching = (job: RunningJobInfo['job'], child: ChildProcess) => void;

/** Watches the jobs of a worker. */
export function watchJobs(options: {
  readonly config: Config;
  readonly worker: string;
  readonly rooms: Pick<RoomServiceClient, 'listParticipants'>;
  readonly reconnecting: ReconnectingAgents;
}): Watching {
  const { config, worker, rooms, reconnecting } = options;

  async function endIfAbsent(
    room: string,
    identity: string,
    child: ChildProcess,
    exit: AbortSignal,
  ): Promise<void> {
    try {
      for (const ms of [PROCESS_JOIN_TIMEOUT_MS, CLOSE_MS]) {
        await pause(ms, undefined, { signal: exit, ref: false });
        const people = await rooms.listParticipants(room);
        if (exit.aborted || people.some((one) => one.identity === identity)) return;
      }
    } catch (error) {
      if (!exit.aborted) log().warn({ error, room }, 'it is unknown whether the agent has joined');
      return;
    }
    log().error({ room, identity }, 'the agent did not join in time: ending its process');
    child.kill('SIGKILL');
  }

  /**
   * Ends a process that has not responded for 15 to 20 s. Counts checks instead of time, so that a suspended worker
   * ends nobody.
   */
  function endIfHanging(room: string, child: ChildProcess, exit: AbortSignal): void {
    let silent = 0;
    child.on('message', () => {
      silent = 0;
    });
    const timer = setInterval(() => {
      silent += 1;
      if (silent <= HANGS_LOOKS) return;
      log().error({ room }, 'the process of a call hangs: ending it');
      child.kill('SIGKILL');
    }, ANSWERS_EVERY_MS).unref();
    exit.addEventListener('abort', () => clearInterval(timer));
  }

  return (job, child) => {
    const room = job.room?.name ?? '';
    if (!room || child.exitCode !== null || child.signalCode !== null) return;
    const identity = agentIdentity(job.agentName, job.id);
    const closeLivenessConnection = openLivenessConnection(config, {
      worker,
      job: { room, identity },
    });
    const exit = new AbortController();
    void endIfAbsent(room, identity, child, exit.signal);
    endIfHanging(room, child, exit.signal);
    reconnecting.watch(child, { room, agent: job.agentName });
    child.once('exit', () => {
      closeLivenessConnection();
      exit.abort();
    });
  };
}
