// What access needs of the web process (`lib/server.ts`).
import type { AgentsServer } from '@/lib/agents/server';

/** A response that stays open, such as a stream of events. */
export interface OpenResponse {
  /** Undefined if the visitor has no account. */
  readonly account: string | undefined;
  /** Checks again whether the visitor may still have it. */
  readonly check: () => Promise<void>;
}

/** A process that knows its visitors. */
export interface AuthServer extends AgentsServer {
  /** Open responses that depend on a permission. */
  readonly openResponses: Set<OpenResponse>;
  /** Hashes of API keys that were valid, which others at the same address cannot lock out. */
  readonly validKeys: Set<string>;
  /** Number of open streams by visitor. */
  readonly visitorStreams: Map<string, number>;
}
