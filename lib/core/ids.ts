// Random ids.
import { randomBytes } from 'node:crypto';

/** Bytes of randomness in an id: 128 bits cannot be guessed. */
const RANDOM_BYTES = 16;
/** Ids for which the system is asked at once: a token has four, and asking takes longer than the rest of an id. */
const IDS_AT_ONCE = 64;

/** Random bytes of the next ids, each of which is used once. */
let unused = Buffer.alloc(0);

/** An id that nobody can guess. */
export function unguessable(prefix: string): string {
  if (unused.length === 0) unused = randomBytes(RANDOM_BYTES * IDS_AT_ONCE);
  const bytes = unused.subarray(0, RANDOM_BYTES);
  unused = unused.subarray(RANDOM_BYTES);
  return `${prefix}-${bytes.toString('base64url')}`;
}
