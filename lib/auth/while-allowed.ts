// Closes open responses when the visitor loses the permission. They are checked as soon as the account changes, in this
// web process or another, and every few seconds to notice sessions that expired or were ended elsewhere.

import type { Visitor } from '@/lib/auth/permissions';
import type { AuthServer, OpenResponse } from '@/lib/auth/server';
import { signInIsOn, visitorOf } from '@/lib/auth/visitor';
import { isProblem } from '@/lib/core/problem';

/** Milliseconds between checks of an open response. Our own choice: each is one small query. */
const EVERY_MS = 5_000;

/** Whether the permission is definitely lost. While the database is down, nobody's permissions can have changed. */
async function isRefused(
  server: AuthServer,
  headers: Headers,
  allowed: (visitor: Visitor) => boolean,
): Promise<boolean> {
  try {
    return !allowed(await visitorOf(server, headers));
  } catch (error) {
    return isProblem(error) && error.kind === 'sign-in-needed';
  }
}

/**
 * Calls `end` once the visitor may no longer have the response. Never calls it if sign-in is off.
 * @param visitor the visitor at the time of the request
 * @param allowed whether a visitor may have this response
 * @returns a function that stops checking
 */
export function whileAllowed(
  server: AuthServer,
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
      const refused = await isRefused(server, headers, allowed);
      // The response may have ended in the meantime.
      if (!refused || !server.openResponses.has(answer)) return;
      stop();
      end();
    },
  };
  const timer = setInterval(() => void answer.check(), EVERY_MS);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    server.openResponses.delete(answer);
  };
  server.openResponses.add(answer);
  return stop;
}
