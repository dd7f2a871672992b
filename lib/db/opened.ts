// What both kinds of database have in common.
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';

/** The query interface, for both kinds of database. */
export type Database = NodePgDatabase;

/** An open database. */
export interface Opened {
  readonly db: Database;
  /** Maximum milliseconds for one unit of work, if the server's answer may be lost. */
  readonly timeoutMs?: number;
  /** Called before each unit of work. @throws {Problem} 503 if the database must no longer be used */
  ready?(): void;
  /** The cause of a failure in plain words, with the driver's error as its cause; otherwise the error itself. */
  explain?(error: unknown): unknown;
  /** Resolves when it can no longer be used, and may be opened again. Without it, it can be used until it is closed. */
  readonly ended?: Promise<void>;
  close(): Promise<void>;
}
