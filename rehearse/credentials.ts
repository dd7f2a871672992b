// What shows the web process who asks, where people have to sign in there: an API key, or for the program
// that the page starts the LiveKit secret, which both have.
import { whySignIn } from '../lib/core/sign-in-mode';
import { signBody } from '../lib/livekit/worker-auth';

/** Headers for one request: they hold for half a minute. */
export async function credentials(env = process.env): Promise<Record<string, string>> {
  const { CALLBOARD_API_KEY, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = env;
  if (CALLBOARD_API_KEY) return { authorization: `Bearer ${CALLBOARD_API_KEY}` };
  if (!whySignIn(env) || !LIVEKIT_API_KEY || !LIVEKIT_API_SECRET) return {};
  return { authorization: await signBody('operator', '', { LIVEKIT_API_KEY, LIVEKIT_API_SECRET }) };
}
