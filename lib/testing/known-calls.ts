// The calls that the database knows, also those of which there is a token alone, which no list shows.
import { withDatabase } from '../calls/store/database';
import { calls } from '../calls/store/schema';

/** Rows of all calls. */
export const knownCalls = () => withDatabase((db) => db.select().from(calls));
