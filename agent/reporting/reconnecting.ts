// Which agents of a worker have lost LiveKit and reconnect. When LiveKit's server restarts and the caller is back first, it
// dispatches the agent again: a second one would talk until the first is back. Only the worker knows that it comes.
import type { ChildProcess } from 'node:child_process';
import { type Room, RoomEvent } from '@livekit/rtc-node';

/** The message of a job's process to its worker. */
interface Message {
  readonly case: 'callboardConnection';
  readonly isLost: boolean;
}

/** In a job's process: tells the worker when the room is lost, and when it is back or given up. */
export function reportConnection(room: Room): void {
  const send = (isLost: boolean) => () => {
    const message: Message = { case: 'callboardConnection', isLost };
    // With a callback, a worker that has died is no error here.
    process.send?.(message, undefined, undefined, () => {});
  };
  room.on(RoomEvent.Reconnecting, send(true));
  room.on(RoomEvent.Reconnected, send(false));
  room.on(RoomEvent.Disconnected, send(false));
}

interface RoomAgent {
  readonly room: string;
  readonly agent: string;
}

/** In the worker: the agents that reconnect to their rooms. */
export class ReconnectingAgents {
  readonly #lost = new Map<ChildProcess, RoomAgent>();

  watch(child: ChildProcess, roomAgent: RoomAgent): void {
    child.on('message', (message: Partial<Message> | null) => {
      if (message?.case !== 'callboardConnection') return;
      if (message.isLost) this.#lost.set(child, roomAgent);
      else this.#lost.delete(child);
    });
    child.once('exit', () => this.#lost.delete(child));
  }

  has({ room, agent }: RoomAgent): boolean {
    return [...this.#lost.values()].some((one) => one.room === room && one.agent === agent);
  }
}
