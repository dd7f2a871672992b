// Authenticates what LiveKit's framework uploads about sessions: signed with the LiveKit secret, for any room and any body.
import { CLOCK_SECONDS, verifiedClaims } from '@/lib/livekit/worker-auth';

/** Seconds for which the framework signs (`6h` in agents-js and in Python). */
const VALID_SECONDS = 6 * 3_600;

/**
 * Verifies the token of an upload.
 * @returns when it was signed, in milliseconds since 1970; undefined if it may upload nothing, or is too old
 */
export async function verifyUpload(
  authorization: string | null,
  signer: Parameters<typeof verifiedClaims>[1],
): Promise<number | undefined> {
  const token = authorization?.match(/^Bearer (\S+)$/i)?.[1];
  const claims = token === undefined ? undefined : await verifiedClaims(token, signer);
  const { nbf, exp, observability } = claims ?? {};
  if (observability?.write !== true || nbf === undefined || exp === undefined) return undefined;
  const age = Date.now() / 1_000 - nbf;
  return age > VALID_SECONDS + CLOCK_SECONDS ? undefined : nbf * 1_000;
}
