// Closes open responses when the visitor loses the permission. They are checked as soon as the account changes, in this
// web process or another, and every few seconds to notice sessions that expired or were ended elsewhere.

import { Problem } from '@/lib/core/problem';
import { type OpenResponse, openResponses } from './account-changes';
import type { Visitor } from './permissions';
import { signInIsOn, visitorOf } from './visitor';

/** Milliseconds between checks of an open response. Our own choice: each is one small query. */
const EVERY_MS = 5_000;

/** Whether the permission is definitely lost. While the database is down, nobody's permissions can have changed. */
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
 * Calls `end` once the visitor may no longer have the response. Never calls it if sign-in is off.
 * @param visitor the visitor at the time of the request
 * @param allowed whether a visitor may have this response
 * @returns a function that stops checking
 */
export function whileAllowed(
  request: Request,
  visitor: Visitor,
  allowed: (visitor: Visitor) => boolean,
  end: () => void,
): () => void {
  if (!signInIsOn()) return () => {};
  const headers = new Headers(request.headers);
  const answer: OpenResponse = {
    account: visitor.account,
    check: async () => {
      const refused = await isRefused(headers, allowed);
      // The response may have ended in the meantime.
      if (!refused || !openResponses().has(answer)) return;
      stop();
      end();
    },
  };
  const timer = setInterval(() => void answer.check(), EVERY_MS);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    openResponses().delete(answer);
  };
  openResponses().add(answer);
  return stop;
}
