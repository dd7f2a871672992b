// Random ids.
import { randomBytes } from 'node:crypto';

/** Bytes of randomness in an id: 128 bits cannot be guessed. */
const RANDOM_BYTES = 16;

/** An id that nobody can guess. */
export const unguessable = (prefix: string) =>
  `${prefix}-${randomBytes(RANDOM_BYTES).toString('base64url')}`;
