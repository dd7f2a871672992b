// Where recordings of calls are: below one folder, or prefix of a bucket, a folder for each call, in it
// a file for each agent that recorded, or for each room that LiveKit's Egress did. Worker, Egress and
// web process meet here and in the `recording` event alone.
import { join, relative, resolve, sep } from 'node:path';

/** Samples a second of a recording: enough for speech, and what the ears listen to. */
export const RECORDING_RATE = 16_000;
/** Left the people, right the agents. */
export const RECORDING_CHANNELS = 2;

/** The folder of all recordings. */
export const recordingsFolder = (dataDir: string) =>
  resolve(/* turbopackIgnore: true */ dataDir, 'recordings');

/** A name that is one part of a path, whatever it was. */
const plain = (name: string) => name.replaceAll(/[^\w-]/g, '_').slice(0, 120) || '_';

/**
 * File of an agent's recording below the recordings folder.
 * @param call id of the call, else the room's sid
 */
export const recordingFile = (call: string, identity: string) =>
  `${plain(call)}/${plain(identity)}.wav`;

/** File of a room's recording by Egress. Ogg, which can be played though its end is missing. */
export const egressFile = (call: string, roomSid: string) => `${plain(call)}/${plain(roomSid)}.ogg`;

/** Whether a name is as it is made here. What is made by others is not ours to read or delete. */
export const isOwnName = (file: string) => /^[\w-]+\/[\w-]+\.(wav|ogg)$/.test(file);

/** Content types of recordings, by the end of their names. */
const TYPES: Readonly<Record<string, string>> = { wav: 'audio/wav', ogg: 'audio/ogg' };

/** Content type of a recording; undefined for what is none. */
export const recordingType = (file: string): string | undefined =>
  TYPES[file.slice(file.lastIndexOf('.') + 1)];

/**
 * The path of a recording that an event names; undefined for a name that leads out of the folder or
 * is no recording's: who tells is trusted with events, not with this machine's files.
 */
export function recordingPath(dataDir: string, file: string): string | undefined {
  const folder = recordingsFolder(dataDir);
  const path = resolve(/* turbopackIgnore: true */ join(folder, file));
  const below = relative(folder, path).split(sep);
  return below.length === 2 && below[0] !== '..' && recordingType(path) ? path : undefined;
}
