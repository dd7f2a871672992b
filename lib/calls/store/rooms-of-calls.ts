// Finds the call of an event: from the event itself, or by its room. Pure: takes the known rooms, and returns what has
// to be written.
import type { CallEvent } from '@/lib/calls/event';

/** A stored room of a call. */
export interface KnownRoom {
  /** Id of its row; undefined before it is stored. */
  readonly row?: number;
  readonly sid: string | undefined;
  readonly name: string;
  readonly call: string;
}
/** A room that may have changed. */
type Room = { -readonly [K in keyof KnownRoom]: KnownRoom[K] } & { changed?: boolean };

/** Provisional ids, for calls whose own id is not known yet. */
const PROVISIONAL = /^(room|event)-/;

/** Whether an id is provisional. */
export const isProvisional = (call: string): boolean => PROVISIONAL.test(call);

/** The rooms of some events. Events are processed one after the other. */
export class RoomsOfCalls {
  /** Provisional calls that turned out to be part of another call: from, to. */
  readonly merged = new Map<string, string>();
  readonly #rooms: Room[];
  readonly #ended: Map<string, number>;

  /**
   * @param rooms rooms with a sid or name of the events, oldest first
   * @param ended when calls ended, for those that did
   */
  constructor(rooms: readonly KnownRoom[], ended: ReadonlyMap<string, number>) {
    this.#rooms = rooms.map((room) => ({ ...room }));
    this.#ended = new Map(ended);
  }

  /** Rooms that are new or have changed. */
  get changed(): readonly KnownRoom[] {
    return this.#rooms.filter(({ changed }) => changed);
  }

  /** The call id of an event. Remembers the event's room for later events. */
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

  /** The latest call with a room of that name that the event can belong to. */
  #latest(name: string, sid: string | undefined, at: number): Room | undefined {
    return this.#rooms.findLast(
      (room) =>
        room.name === name &&
        // Another sid is another room, so it cannot belong to a call that has ended.
        (room.sid === undefined ||
          (sid === undefined ? this.#wasOn(room.call, at) : !this.#ended.has(room.call))),
    );
  }

  #wasOn(call: string, at: number): boolean {
    return at <= (this.#ended.get(call) ?? Number.POSITIVE_INFINITY);
  }

  /** The id is now known: merges the provisional call of the same room into it. */
  #merge(call: string, name: string, sid: string | undefined, at: number): void {
    const same = (room: Room) =>
      sid !== undefined && room.sid !== undefined
        ? room.sid === sid
        : room.name === name && this.#wasOn(room.call, at);
    const guessed = this.#rooms.filter((room) => isProvisional(room.call) && same(room));
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
