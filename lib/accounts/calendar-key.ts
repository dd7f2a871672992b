// The key in the private address of a diary: calendar programs send no headers, so it stands in the address
// itself, and opens that one route alone. One a person; whoever has the address can read the diary.
import { Problem } from '../problem';
import type { Visitor } from '../rights/rights';
import { notPermitted } from '../rights/token';
import { createKey, deleteKey, keyVisitor, listKeys } from './keys';

/** What it is for: no right, so that such a key has none anywhere else. */
const CALENDAR = 'calendar';

/** The address that somebody has. Times are ISO 8601. */
export interface CalendarAddress {
  readonly made_at: string;
  readonly used_at: string | undefined;
}

const ofAccount = async (account: string) =>
  (await listKeys(account)).filter(({ rights }) => rights.includes(CALENDAR));

/** The one that an account has; undefined where it has none. @throws {Problem} 503 */
export async function calendarAddress(account: string): Promise<CalendarAddress | undefined> {
  const [key] = await ofAccount(account);
  return key && { made_at: key.made_at, used_at: key.used_at };
}

/** Takes an account's address back: it opens nothing from now on. */
export async function removeCalendarKey(account: string): Promise<void> {
  for (const { id } of await ofAccount(account)) {
    // Another window may have been quicker: it is gone, which is what was asked.
    await deleteKey(account, id).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.kind !== 'unknown-key') throw error;
    });
  }
}

/**
 * Makes a key for this person in place of the one before.
 * @throws {Problem} 403 where a key asks: one that was stolen makes no other
 */
export async function makeCalendarKey({ by, account }: Visitor): Promise<string> {
  if (by !== 'session' || account === undefined) {
    throw notPermitted('A calendar’s address is made by a person, on the page of bookings.');
  }
  await removeCalendarKey(account);
  const { key } = await createKey({ account, name: 'Calendar', scopes: [CALENDAR] });
  return key;
}

/**
 * Who asks with such a key: its owner, as far as the diary. Keys that were made for more are not taken, so
 * that nobody puts one into an address.
 * @throws {Problem} 401 where it does not hold
 */
export async function calendarVisitor(key: string): Promise<Visitor> {
  const visitor = await keyVisitor(key);
  if (visitor?.scopes?.join() === CALENDAR) return { ...visitor, scopes: ['desk'] };
  throw new Problem(
    'sign-in-needed',
    'This address was renewed or taken back. Make another one on the page of bookings.',
  );
}
