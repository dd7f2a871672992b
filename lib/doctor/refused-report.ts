// Why the signature of a worker's report does not hold: told apart, since each has another remedy.
import { TokenVerifier } from 'livekit-server-sdk';
import type { RefusedReport } from './sightings';

/** Seconds of tolerance by which only the clock is left out of the question: thirty years. */
const ANY_TIME_SECONDS = 1_000_000_000;

/** The API key a token says it was made with; nothing of it is believed. */
function keyOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).iss;
  } catch {
    return undefined;
  }
}

/** Why `authorization` was refused; undefined where it is nothing that a worker sends. */
export async function whyRefused(
  authorization: string | null,
  signer: { readonly LIVEKIT_API_KEY: string; readonly LIVEKIT_API_SECRET: string },
): Promise<RefusedReport['why'] | undefined> {
  const token = authorization?.match(/^Bearer (\S+)$/i)?.[1];
  if (!token) return undefined;
  const key = keyOf(token);
  if (typeof key !== 'string') return undefined;
  if (key !== signer.LIVEKIT_API_KEY) return 'key';
  const verifier = new TokenVerifier(signer.LIVEKIT_API_KEY, signer.LIVEKIT_API_SECRET);
  return verifier.verify(token, ANY_TIME_SECONDS).then(
    () => 'clock' as const,
    () => 'secret' as const,
  );
}
