// How long things have stood: the room in its state, the caller without an agent, and this page
// itself, which stands still while a laptop sleeps and must not take that for the agent's silence.
import { ConnectionState, type Room } from 'livekit-client';
import type { Observed } from '@/lib/call/observed';

/** A look that comes this late (ms) means that this page itself stood still, not the agent. */
const STOOD_STILL_MS = 1_200;

const AGAIN = [ConnectionState.Reconnecting, ConnectionState.SignalReconnecting];

/** LiveKit's state of the connection as the caller understands it; both reconnections are one. */
function roomOf(state: ConnectionState): Observed['room'] {
  if (state === ConnectionState.Connected) return 'connected';
  return AGAIN.includes(state) ? 'reconnecting' : 'connecting';
}

export class RoomClock {
  #was: Observed['room'] = 'connecting';
  #since = performance.now();
  #waitingSince = performance.now();
  #lookedAt = performance.now();

  constructor(private readonly room: Room) {}

  /** Starts the wait for an agent afresh. */
  restartWait(): void {
    this.#waitingSince = performance.now();
  }

  /** Connecting begins only now. */
  restartConnecting(): void {
    this.#since = performance.now();
  }

  /** Takes note of a change of the connection. Returns whether it stands anew. */
  changed(): boolean {
    const is = roomOf(this.room.state);
    if (is === this.#was) return false;
    this.#was = is;
    this.#since = performance.now();
    if (is === 'connected') this.restartWait();
    return is === 'connected';
  }

  /** Takes note of a look. Returns whether this page stood still before it. */
  looked(now: number): boolean {
    const stoodStill = now - this.#lookedAt > STOOD_STILL_MS;
    this.#lookedAt = now;
    return stoodStill;
  }

  /** The times at `now` (`performance.now()`). */
  observed(now: number): Pick<Observed, 'room' | 'roomMs' | 'waitedMs'> {
    return {
      room: roomOf(this.room.state),
      roomMs: now - this.#since,
      waitedMs: now - this.#waitingSince,
    };
  }
}
