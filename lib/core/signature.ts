// Signatures of data that this server hands out and accepts back.
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signs a text; the signature is base64url.
 * @param purpose what is signed. Each purpose has its own key, so that a signature for one purpose, or for LiveKit,
 * is not valid for another
 * @param secret `LIVEKIT_API_SECRET`
 */
export function signatureOf(purpose: string, text: string, secret: string): string {
  const key = createHmac('sha256', secret).update(purpose).digest();
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** Compares two strings in constant time. */
export function isSame(shown: string, right: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
