// Deletes recordings, of deleted calls and expired ones, from this machine's disk and from Egress's bucket. Workers
// on other machines delete expired recordings in their own folders.

import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EventOf } from '@/lib/calls/event';
import type { Config } from '@/lib/core/config';
import { logError } from '@/lib/core/log';
import { bucketWith, isAddress } from '@/lib/recordings/output';
import { recordingPath, recordingsFolder } from '@/lib/recordings/recording';
import { removeStored } from '@/lib/recordings/stored';

const DAY_MS = 24 * 60 * 60_000;

/** A recording as its events describe it. */
export type ReportedRecording = EventOf<'recording'>;

/** A recording that could not be deleted from here, and where it is, if known. */
export interface Undeleted {
  readonly file: string;
  /** The location that LiveKit's Egress reported; undefined for a recording on a worker's machine. */
  readonly location?: string;
}

/**
 * Deletes recordings by their events.
 * @returns those that are stored elsewhere and cannot be deleted from here
 * @throws if the disk or the storage fails to delete one
 */
export async function deleteRecordings(
  config: Config,
  recordings: readonly ReportedRecording[],
  now = Date.now(),
): Promise<Undeleted[]> {
  // The last event about a file is the most complete.
  const byFile = new Map(recordings.map((recording) => [recording.file, recording]));
  const left: Undeleted[] = [];
  for (const recording of byFile.values()) {
    if (await removeOne(config, recording)) continue;
    if (isGoneByNow(config, recording, now)) continue;
    const { file, location } = recording;
    left.push({ file, ...(location && { location }) });
  }
  return left;
}

/** Whether a missing recording is so old that its worker, or this machine, must have deleted it. */
function isGoneByNow(config: Config, recording: ReportedRecording, now: number): boolean {
  const { RECORDINGS_KEEP_DAYS: days, EGRESS_FOLDER } = config;
  const { egress, location, startedAt } = recording;
  // On the machine of Egress nobody deletes it.
  const isEgress = egress !== undefined && (EGRESS_FOLDER !== undefined || isAddress(location));
  return !isEgress && days > 0 && startedAt < now - days * DAY_MS;
}

/** Deletes a recording; returns whether it was there. */
async function removeOne(config: Config, recording: ReportedRecording): Promise<boolean> {
  const { file, egress, location } = recording;
  const bucket = egress === undefined ? undefined : bucketWith(config, file);
  if (bucket && (location === undefined || isAddress(location))) {
    await removeStored(bucket, file);
    return true;
  }
  const path = isAddress(location) ? undefined : recordingPath(config.DATA_DIR, file);
  return path !== undefined && (await remove(path));
}

async function remove(path: string): Promise<boolean> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  await rm(path, { force: true });
  // The folder may still contain other agents' recordings of the call.
  await rmdir(dirname(path)).catch(() => undefined);
  return there;
}

/**
 * Deletes files from this machine's disk that were last written RECORDINGS_KEEP_DAYS ago. Never throws.
 */
export async function deleteOldRecordings(
  { DATA_DIR, RECORDINGS_KEEP_DAYS: days }: Pick<Config, 'DATA_DIR' | 'RECORDINGS_KEEP_DAYS'>,
  now: number,
): Promise<void> {
  if (days === 0) return;
  try {
    const folder = recordingsFolder(DATA_DIR);
    for (const file of await readdir(folder, { recursive: true })) {
      const path = recordingPath(DATA_DIR, file);
      if (!path) continue;
      const { mtimeMs } = await stat(path);
      if (mtimeMs < now - days * DAY_MS) await remove(path);
    }
  } catch (error) {
    // No folder: nothing was ever recorded here.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    logError('Cannot delete expired recordings', error);
  }
}
