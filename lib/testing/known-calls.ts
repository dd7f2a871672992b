// The calls that the database knows, also those of which there is a token alone, which no list shows.

import { calls } from '@/lib/calls/store/schema';
import { withDatabase } from '@/lib/db/database';

/** Rows of all calls. */
export const knownCalls = () => withDatabase((db) => db.select().from(calls));
