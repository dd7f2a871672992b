// A job that has its process: for as long as that lives, a line to the web process is held open for it.
// A process that hangs, or whose agent has not joined the room in time, is ended: it would block a call for ever.
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { log, type RunningJobInfo } from '@livekit/agents';
import type { RoomServiceClient } from 'livekit-server-sdk';
import type { Config } from '../../../lib/core/config';
import { agentIdentity } from '../../../lib/livekit/attributes';
import { holdLifeline } from '../../reporting/liveness-connection';

type Job = RunningJobInfo['job'];

/** Milliseconds for an agent to be in its room: longer than the watcher waits before it sends another. */
const JOIN_MS = 10_000;
/** Milliseconds in which the process of a call that has just ended is gone: it takes its time to close. */
const CLOSE_MS = 3_000;
/** Milliseconds between looks at whether a process still answers: the framework asks it every 2.5 s. */
const ANSWERS_EVERY_MS = 5_000;
/** Looks without an answer after which a process hangs. The framework waits 60 s, and so would the caller. */
const HANGS_LOOKS = 3;

/** Watches a job from the moment that its process has it. */
export type Watching = (job: Job, child: ChildProcess) => void;

/** Makes the watching of one agent's jobs. */
export function watchJobs(options: {
  readonly config: Config;
  readonly worker: string;
  /** Agent name, as in the catalogue. */
  readonly agent: string;
  readonly rooms: Pick<RoomServiceClient, 'listParticipants'>;
}): Watching {
  const { config, worker, agent, rooms } = options;

  async function endIfAbsent(
    room: string,
    identity: string,
    child: ChildProcess,
    exit: AbortSignal,
  ): Promise<void> {
    try {
      for (const ms of [JOIN_MS, CLOSE_MS]) {
        await pause(ms, undefined, { signal: exit, ref: false });
        const people = await rooms.listParticipants(room);
        if (exit.aborted || people.some((one) => one.identity === identity)) return;
      }
    } catch (error) {
      if (!exit.aborted) log().warn({ error, room }, 'whether the agent has joined is not known');
      return;
    }
    log().error({ room, identity }, 'the agent did not join: its process is ended');
    child.kill('SIGKILL');
  }

  /** Ends a process that answers nothing for 15 to 20 s. Counted, so that a paused worker ends nobody. */
  function endIfHanging(room: string, child: ChildProcess, exit: AbortSignal): void {
    let silent = 0;
    child.on('message', () => {
      silent = 0;
    });
    const timer = setInterval(() => {
      silent += 1;
      if (silent <= HANGS_LOOKS) return;
      log().error({ room }, 'the process of a call hangs: it is ended');
      child.kill('SIGKILL');
    }, ANSWERS_EVERY_MS).unref();
    exit.addEventListener('abort', () => clearInterval(timer));
  }

  return (job, child) => {
    const room = job.room?.name ?? '';
    if (!room || child.exitCode !== null || child.signalCode !== null) return;
    const identity = agentIdentity(agent, job.id);
    const letGo = holdLifeline(config, { worker, job: { room, identity } });
    const exit = new AbortController();
    void endIfAbsent(room, identity, child, exit.signal);
    endIfHanging(room, child, exit.signal);
    child.once('exit', () => {
      letGo();
      exit.abort();
    });
  };
}
