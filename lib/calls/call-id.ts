// Ids of calls. A caller's token carries the id as an attribute; a room into which an agent moves the caller carries it
// as metadata.
import { z } from 'zod';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import { unguessable } from '@/lib/core/ids';
import { jsonAs } from '@/lib/core/json';

/** Maximum length: longer ids are not ours. */
const ID_MAX = 200;

/** A new id that nobody can guess: 128 random bits. */
export const newCallId = () => unguessable('c');

const known = (id: string | undefined) => (id && id.length <= ID_MAX ? id : undefined);

/** The call id in a participant's attributes. */
export const callOf = (attributes: Readonly<Record<string, string>> = {}) =>
  known(attributes[CALL_ATTRIBUTE]);

/** The call id that a participant of a room has; undefined if none has one. */
export const callOfPeople = (
  people: readonly { readonly attributes: Readonly<Record<string, string>> }[],
): string | undefined => people.map(({ attributes }) => callOf(attributes)).find((id) => id);

const roomNote = z.object({ callboard: z.object({ call: z.string() }) });

/** Room metadata with the call id. */
export const noteOfCall = (call: string) => JSON.stringify({ callboard: { call } });

/** The call id in a room's metadata. */
export const callOfRoom = (metadata = ''): string | undefined =>
  known(jsonAs(roomNote, metadata)?.callboard.call);
