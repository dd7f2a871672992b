// What the database needs of the web process (`lib/server.ts`).
import type { Config } from '@/lib/core/config';
import type { Opened } from '@/lib/db/opened';

/** Receives notifications of PostgreSQL. */
export interface Notified {
  /** Called with each notification. */
  onMessage(payload: string): void;
  /** Called when notifications may have been missed. */
  onMissed(): void;
}

/** A database that is being opened, is open, or could not be opened. */
export interface Opening {
  readonly opening: Promise<Opened>;
  /** When it failed, in milliseconds since 1970. */
  failedAt?: number;
}

/** A process that uses the database. */
export interface DatabaseServer {
  readonly config: Config;
  /** The database, once it was used. */
  readonly database: { current?: Opening | undefined };
  readonly notifications: Notified;
}
