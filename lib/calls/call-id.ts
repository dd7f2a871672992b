// Ids of calls, and where they travel: with the caller as an attribute of their token, and with a
// room that an agent makes to move them into as its metadata.
import { z } from 'zod';
import { unguessable } from '@/lib/core/ids';
import { CALL_ATTRIBUTE } from './event';

/** Longest id: longer ones were not made here. */
const ID_MAX = 200;

/** An id that nobody can guess: 128 random bits. */
export const newCallId = () => unguessable('c');

const known = (id: string | undefined) => (id && id.length <= ID_MAX ? id : undefined);

/** The call of a participant, as far as their attributes say. */
export const callOf = (attributes: Readonly<Record<string, string>> = {}) =>
  known(attributes[CALL_ATTRIBUTE]);

const roomNote = z.object({ callboard: z.object({ call: z.string() }) });

/** Room metadata that says to which call the room belongs. */
export const noteOfCall = (call: string) => JSON.stringify({ callboard: { call } });

/** The call of a room, as far as its metadata says. */
export function callOfRoom(metadata = ''): string | undefined {
  try {
    return known(roomNote.safeParse(JSON.parse(metadata)).data?.callboard.call);
  } catch {
    return undefined;
  }
}
