// Authenticates LiveKit's webhooks: their token is bound to one body and was signed with the key that both have. Verified
// once and here, because `WebhookReceiver` tolerates only 10 s between the clocks, and LiveKit itself 60.
import {
  CLOCK_SECONDS,
  type IsSignedBody,
  isHashOf,
  verifiedClaims,
} from '@/lib/livekit/worker-auth';

/** Seconds for which LiveKit's webhooks are valid (protocol/webhook, `url_notifier.go`). */
const VALID_SECONDS = 5 * 60;

/**
 * Verifies the token of a webhook before the body is read, so that nobody else can send one.
 * @param authorization header; LiveKit sends the token without a scheme
 * @returns undefined if it is not the token of a webhook, or is too old: events are remembered only for so long, and one
 * that is sent again must be recognized
 */
export async function verifyWebhook(
  authorization: string | null,
  signer: Parameters<typeof verifiedClaims>[1],
): Promise<IsSignedBody | undefined> {
  const claims = await verifiedClaims(authorization ?? '', signer);
  const { sha256, kind, nbf } = claims ?? {};
  // Our workers' messages are signed with the same key, and have a kind.
  if (!sha256 || kind !== undefined || nbf === undefined) return undefined;
  const age = Date.now() / 1_000 - nbf;
  return age > VALID_SECONDS + CLOCK_SECONDS ? undefined : isHashOf(sha256);
}
