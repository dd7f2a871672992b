// What rules need of the web process (`lib/server.ts`).
import type { LRUCache } from 'lru-cache';
import type { DispatchServer } from '@/lib/dispatch/server';
import type { Rule } from '@/lib/rules/rule';

/** A process that applies rules. */
export interface RulesServer extends DispatchServer {
  /** The rules: `store.ts` keeps them up to date, and knows which of them apply. */
  readonly rules: {
    inForce: readonly Rule[];
    /** Version of the stored rules that are in force, as an ETag. */
    etag?: string;
    /** How many times they were read, and which read is in force. */
    asked: number;
    read: number;
  };
  /** What the rules have seen: `apply-rules.ts`. */
  readonly ruleMemory: {
    /** SIDs of ended rooms and departed participants. */
    readonly gone: LRUCache<string, true>;
    /** Keys of agents that a rule dispatched. */
    readonly dispatched: LRUCache<string, true>;
  };
}
