// Open responses that depend on a permission, and notifications that an account was changed by this web process or
// another one.
import { publish } from '@/lib/cluster/pubsub';
import { processSingleton } from '@/lib/core/process-singleton';

/** A response that stays open, such as a stream of events. */
export interface OpenResponse {
  /** Undefined if the visitor has no account. */
  readonly account: string | undefined;
  /** Checks again whether the visitor may still have it. */
  readonly check: () => Promise<void>;
}

/** The open responses of this process. */
export const openResponses = processSingleton('open-answers', () => new Set<OpenResponse>());

/** Checks the open responses of an account that another web process changed. */
export function recheckOpenResponses(account: string): void {
  for (const answer of openResponses()) if (answer.account === account) void answer.check();
}

/** An account was removed, got another role or password, or lost a key: checks its open responses everywhere. */
export function accountChanged(account: string): void {
  recheckOpenResponses(account);
  publish('accounts', account);
}
