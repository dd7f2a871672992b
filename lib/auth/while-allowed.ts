// Answers that stay open end with the right to them. They are looked at again as soon as the account behind
// them is changed, by this web process or another, and every few seconds for what nobody tells of: a session
// that ran out, or was ended from elsewhere.

import { Problem } from '@/lib/core/problem';
import { type OpenAnswer, openAnswers } from './account-changes';
import type { Visitor } from './rights';
import { signInIsOn, visitorOf } from './visitor';

/** Milliseconds between two looks at who holds an answer open. Our own choice: one small query each. */
const EVERY_MS = 5_000;

/** Whether it is sure that they may not: where the database is away, nobody's rights were changed either. */
async function isRefused(
  headers: Headers,
  allowed: (visitor: Visitor) => boolean,
): Promise<boolean> {
  try {
    return !allowed(await visitorOf(headers));
  } catch (error) {
    return error instanceof Problem && error.kind === 'sign-in-needed';
  }
}

/**
 * Calls `end` once whoever asked may no longer have the answer. Where nobody signs in, never.
 * @param visitor who they were when they asked
 * @param allowed whether somebody may have this very answer
 * @returns what stops looking
 */
export function whileAllowed(
  request: Request,
  visitor: Visitor,
  allowed: (visitor: Visitor) => boolean,
  end: () => void,
): () => void {
  if (!signInIsOn()) return () => {};
  const headers = new Headers(request.headers);
  const answer: OpenAnswer = {
    account: visitor.account,
    look: async () => {
      const refused = await isRefused(headers, allowed);
      // It may have ended by itself meanwhile.
      if (!refused || !openAnswers().has(answer)) return;
      stop();
      end();
    },
  };
  const timer = setInterval(() => void answer.look(), EVERY_MS);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    openAnswers().delete(answer);
  };
  openAnswers().add(answer);
  return stop;
}
