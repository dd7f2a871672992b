// Names that are made up here.
import { randomBytes } from 'node:crypto';

/** Bytes of randomness in a name: 128 bits cannot be guessed. */
const RANDOM_BYTES = 16;

/** A name that nobody can guess. */
export const unguessable = (prefix: string) =>
  `${prefix}-${randomBytes(RANDOM_BYTES).toString('base64url')}`;
