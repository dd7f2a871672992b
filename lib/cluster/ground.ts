// What every feature stands on: the settings, the database, LiveKit, and the other web processes. Created in `lib/server.ts`.
import type { KeyedQueue } from '@/lib/core/keyed-queue';
import type { DatabaseServer } from '@/lib/db/server';
import type { openPool } from '@/lib/db/server-client';
import type { RequestServer } from '@/lib/http/server';
import type { ReportServer } from '@/lib/livekit/server';

/** A process that has the ground: the settings, the database, LiveKit, and the other web processes. */
export interface Ground extends DatabaseServer, RequestServer, ReportServer {
  /** Messages between the web processes: `pubsub.ts`. */
  readonly pubsub: {
    /** Id of this process. */
    readonly self: string;
    /** What to do with messages of others, by topic. */
    readonly handlers: Map<string, (body: unknown) => void>;
    /** What to do when messages may have been missed, by name. */
    readonly missed: Map<string, () => void>;
    /** Parts of incomplete messages. */
    readonly parts: Map<string, string[]>;
    /** Whether sending fails, which was logged. */
    silent: boolean;
  };
  /** Connections for locks across web processes: `locks.ts`. */
  readonly locks: {
    pool?: ReturnType<typeof openPool> | undefined;
    /** When the server last did not respond, in milliseconds since 1970. */
    unavailableAt: number;
  };
  /** Work in this process: `one-at-a-time.ts`. */
  readonly turns: KeyedQueue;
  /** Shared state of a process that is the only one: `shared-state.ts`. */
  readonly sharedMemory: Map<string, { readonly value: unknown; readonly changedAt: number }>;
}
