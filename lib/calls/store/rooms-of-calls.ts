// Which call an event belongs to: told by the event itself, or found by its room. Pure: what is known
// of rooms comes in, what has to be written goes out.
import type { CallEvent } from '../event';

/** A room of a call, as it is kept. */
export interface KnownRoom {
  /** Of its row; undefined while it has none. */
  readonly row?: number;
  readonly sid: string | undefined;
  readonly name: string;
  readonly call: string;
}
/** A room as it has to be written now. */
type Room = { -readonly [K in keyof KnownRoom]: KnownRoom[K] } & { changed?: boolean };

/** Ids made here, of calls of which no event has told the id. */
const GUESSED = /^(room|event)-/;

/** Whether an id was made here, as no event had told of the call's own. */
export const isGuessed = (call: string): boolean => GUESSED.test(call);

/** What is known of the rooms of some events. Events are taken one after the other. */
export class RoomsOfCalls {
  /** Calls that turned out to be part of another: from, to. */
  readonly merged = new Map<string, string>();
  readonly #rooms: Room[];
  readonly #ended: Map<string, number>;

  /**
   * @param rooms those with a sid or a name of the events, the oldest first
   * @param ended when calls ended, of those that did
   */
  constructor(rooms: readonly KnownRoom[], ended: ReadonlyMap<string, number>) {
    this.#rooms = rooms.map((room) => ({ ...room }));
    this.#ended = new Map(ended);
  }

  /** Rooms that are new, or other than they were. */
  get changed(): readonly KnownRoom[] {
    return this.#rooms.filter(({ changed }) => changed);
  }

  /** The id of the event's call. What the event tells of rooms is remembered for those after it. */
  take(event: Pick<CallEvent, 'id' | 'call' | 'room' | 'roomSid' | 'at'>): string {
    const { id, room: name, roomSid: sid, at } = event;
    const known = this.#rooms.find((room) => sid !== undefined && room.sid === sid);
    const call =
      event.call ??
      known?.call ??
      this.#latest(name, sid, at)?.call ??
      (sid === undefined ? `event-${id}` : `room-${sid}`);
    if (event.call !== undefined) this.#merge(event.call, name, sid, at);
    if (!known) this.#remember(name, sid, call);
    return call;
  }

  /** The latest call with a room of that name that can still be meant. */
  #latest(name: string, sid: string | undefined, at: number): Room | undefined {
    return this.#rooms.findLast(
      (room) =>
        room.name === name &&
        // Another sid is another room: of a call that is over it cannot be.
        (room.sid === undefined ||
          (sid === undefined ? this.#wasOn(room.call, at) : !this.#ended.has(room.call))),
    );
  }

  #wasOn(call: string, at: number): boolean {
    return at <= (this.#ended.get(call) ?? Number.POSITIVE_INFINITY);
  }

  /** Now the id is told: what was kept under a guessed one for the same room belongs to it. */
  #merge(call: string, name: string, sid: string | undefined, at: number): void {
    const same = (room: Room) =>
      sid !== undefined && room.sid !== undefined
        ? room.sid === sid
        : room.name === name && this.#wasOn(room.call, at);
    const guessed = this.#rooms.filter((room) => isGuessed(room.call) && same(room));
    for (const from of new Set(guessed.map((room) => room.call))) {
      if (from === call) continue;
      this.merged.set(from, call);
      for (const room of this.#rooms) if (room.call === from) room.call = call;
    }
  }

  #remember(name: string, sid: string | undefined, call: string): void {
    const own = this.#rooms.filter((room) => room.call === call && room.name === name);
    const open = own.find((room) => room.sid === undefined);
    if (sid === undefined ? own.length > 0 : open !== undefined) {
      if (sid !== undefined && open) Object.assign(open, { sid, changed: true });
      return;
    }
    this.#rooms.push({ name, sid, call, changed: true });
  }
}
