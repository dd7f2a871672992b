// Answers that stay open with the right to them, and the news that an account was changed: by this web process or
// by another one.
import { tellOthers } from '@/lib/cluster/pubsub';
import { processSingleton } from '@/lib/core/process-singleton';

/** A response that stays open, such as a stream of events. */
export interface OpenAnswer {
  /** Undefined where no account is behind it. */
  readonly account: string | undefined;
  /** Looks again at whether whoever asked may still have it. */
  readonly look: () => Promise<void>;
}

/** The open answers of this process. */
export const openAnswers = processSingleton('open-answers', () => new Set<OpenAnswer>());

/** Looks at the open answers of an account that was changed by another web process. */
export function lookAgain(account: string): void {
  for (const answer of openAnswers()) if (answer.account === account) void answer.look();
}

/** An account was removed, given another role or password, or lost a key: what it holds open is looked at. */
export function accountChanged(account: string): void {
  lookAgain(account);
  tellOthers('accounts', account);
}
