// Why the signature of a worker's report is invalid. Each reason has another fix.
import { TokenVerifier } from 'livekit-server-sdk';
import type { RefusedReport } from './recent-activity';

/** Tolerance in seconds that ignores the clock: thirty years. */
const ANY_TIME_SECONDS = 1_000_000_000;

/** The API key that a token claims, unverified. */
function keyOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).iss;
  } catch {
    return undefined;
  }
}

/** Why `authorization` was refused; undefined if it is not from a worker. */
export async function refusalReason(
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
