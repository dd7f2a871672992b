// Brings appointments and messages that were kept in files into the database, once: before the diary
// is first used by a process, so that no time is given away that somebody has.
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { type Database, withDatabase } from '../../calls/store/database';
import { storable } from '../../calls/store/storable';
import { lock } from '../../calls/store/write-steps';
import { serverConfig } from '../../server-config';
import { heldIn, messagesIn } from './old-files';
import { bookings, messages } from './tables';

const FILES = ['bookings.jsonl', 'messages.jsonl'] as const;
/** Ends the name of a file whose lines are in the database. */
const TAKEN_OVER = '.taken-over';

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & {
  callboardTakeOver?: { readonly folder: string; readonly done: Promise<void> };
};

/**
 * Takes over what there is. A look at a folder that is not there, from then on nothing.
 * @throws {Problem} 503 where the database is away: it is tried again at the next use
 */
export function takeOver(): Promise<void> {
  const folder = join(/* turbopackIgnore: true */ serverConfig().DATA_DIR, 'desk');
  if (shared.callboardTakeOver?.folder !== folder) {
    const done = takeOverFrom(folder).catch((error) => {
      shared.callboardTakeOver = undefined;
      throw error;
    });
    shared.callboardTakeOver = { folder, done };
  }
  return shared.callboardTakeOver.done;
}

const orEmpty =
  <T>(empty: T) =>
  (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return empty;
    throw error;
  };

/** @param folder with a folder for each deployment, by its shown name */
export async function takeOverFrom(folder: string): Promise<void> {
  const found = await readdir(/* turbopackIgnore: true */ folder, { withFileTypes: true }).catch(
    orEmpty([]),
  );
  for (const entry of found) {
    if (entry.isDirectory()) await takeOverDiary(join(folder, entry.name), entry.name);
  }
}

async function takeOverDiary(folder: string, deployment: string): Promise<void> {
  const paths = FILES.map((name) => join(/* turbopackIgnore: true */ folder, name));
  const texts = await Promise.all(
    paths.map((path) =>
      readFile(/* turbopackIgnore: true */ path, 'utf8').catch(orEmpty(undefined)),
    ),
  );
  const [diary, notes] = texts;
  if (diary === undefined && notes === undefined) return;
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      await lock(tx, 'diary', new Set([deployment]));
      await addBookings(tx, deployment, diary ?? '');
      await addMessages(tx, deployment, notes ?? '');
    }),
  );
  for (const path of paths)
    await rename(/* turbopackIgnore: true */ path, `${path}${TAKEN_OVER}`).catch(
      orEmpty(undefined),
    );
}

/** Times were those of the machine, where the practice named no zone. */
const zone = () => DateTime.local().zoneName;
const idOf = (deployment: string, reference: string) => `desk-${deployment}-${reference}`;

async function addBookings(tx: Database, deployment: string, text: string): Promise<void> {
  const rows = heldIn(text).map(({ type: _, replaces: __, made, ...held }) => {
    const at = Date.parse(made);
    const id = idOf(deployment, held.reference);
    const times = { bookedAt: at, changedAt: at, sequence: 0 };
    return storable({ ...held, ...times, id, deployment, requests: [id], zone: zone() });
  });
  // Another process may have been quicker.
  for (const row of rows) await tx.insert(bookings).values(row).onConflictDoNothing();
}

async function addMessages(tx: Database, deployment: string, text: string): Promise<void> {
  const rows = messagesIn(text).map(({ for: recipient, from: sender, taken, ...message }) =>
    storable({
      ...message,
      id: idOf(deployment, message.reference),
      deployment,
      recipient,
      sender,
      takenAt: Date.parse(taken),
    }),
  );
  for (const row of rows) await tx.insert(messages).values(row).onConflictDoNothing();
}
