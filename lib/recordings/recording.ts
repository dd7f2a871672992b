// File names of recordings. Below one folder, or one prefix of a bucket, each call has a folder with a file for each
// agent that recorded, or for each room that LiveKit's Egress recorded. This and the `recording` event are the only
// contract between worker, Egress and web process.
import { join, relative, resolve, sep } from 'node:path';

/** Sample rate of a recording in Hz: enough for speech, and the rate of the agents' audio input. */
export const RECORDING_RATE = 16_000;
/** Left: the people. Right: the agents. */
export const RECORDING_CHANNELS = 2;

/** The folder of all recordings. */
export const recordingsFolder = (dataDir: string) =>
  resolve(/* turbopackIgnore: true */ dataDir, 'recordings');

/** Makes any name a single path segment. */
const plain = (name: string) => name.replaceAll(/[^\w-]/g, '_').slice(0, 120) || '_';

/**
 * An agent's recording, relative to the recordings folder.
 * @param call id of the call, or the room's sid if there is none
 */
export const recordingFile = (call: string, identity: string) =>
  `${plain(call)}/${plain(identity)}.wav`;

/** A session's recording that the agent's framework uploaded, in the folder of its call. `job` is LiveKit's id. */
export const uploadedFile = (call: string, job: string) => `${plain(call)}/${plain(job)}.ogg`;

/** A room's recording by Egress. Ogg, which can be played even if its end is missing. */
export const egressFile = (call: string, roomSid: string) => `${plain(call)}/${plain(roomSid)}.ogg`;

/** Whether a file name has our format. Files of others must not be read or deleted. */
export const isOwnName = (file: string) => /^[\w-]+\/[\w-]+\.(wav|ogg)$/.test(file);

/** Content types of recordings by extension. */
const TYPES: Readonly<Record<string, string>> = { wav: 'audio/wav', ogg: 'audio/ogg' };

/** Content type of a recording; undefined for other files. */
export const recordingType = (file: string): string | undefined =>
  TYPES[file.slice(file.lastIndexOf('.') + 1)];

/**
 * The path of the recording in an event; undefined for a name that leads out of the folder or is not a recording,
 * because a worker may name events but must not reach other files of this machine.
 */
export function recordingPath(dataDir: string, file: string): string | undefined {
  const folder = recordingsFolder(dataDir);
  const path = join(/* turbopackIgnore: true */ folder, file);
  const below = relative(folder, path).split(sep);
  return below.length === 2 && below[0] !== '..' && recordingType(path) ? path : undefined;
}
