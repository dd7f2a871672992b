// Signatures on what this server gives away and believes when it comes back.
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The signature of a text, in base64url.
 * @param purpose what is signed: it gives each use a key of its own, so that nothing signed for one, or for LiveKit,
 * can stand for another
 * @param secret `LIVEKIT_API_SECRET`
 */
export function signatureOf(purpose: string, text: string, secret: string): string {
  const key = createHmac('sha256', secret).update(purpose).digest();
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSame(shown: string, right: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
