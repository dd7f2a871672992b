// All calls in the database, including those with only a token, which lists do not show.

import { calls } from '@/lib/calls/store/schema';
import { withDatabase } from '@/lib/db/database';
import { server } from '@/lib/server';

/** Rows of all calls. */
export const knownCalls = () => withDatabase(server(), (db) => db.select().from(calls));
