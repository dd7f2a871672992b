// Authenticates to the web process if people have to sign in: with an API key, or in a program started by the page with the
// LiveKit secret that both have.
import { whySignIn } from '../../lib/core/sign-in-mode';
import { signBody } from '../../lib/livekit/worker-auth';

/** Headers of one request. They are valid for half a minute. */
export async function credentials(env = process.env): Promise<Record<string, string>> {
  const { CALLBOARD_API_KEY, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = env;
  if (CALLBOARD_API_KEY) return { authorization: `Bearer ${CALLBOARD_API_KEY}` };
  if (!whySignIn(env) || !LIVEKIT_API_KEY || !LIVEKIT_API_SECRET) return {};
  return { authorization: await signBody('operator', '', { LIVEKIT_API_KEY, LIVEKIT_API_SECRET }) };
}
