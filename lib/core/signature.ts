// Signatures of data that this server hands out and accepts back.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The keys that were used, by purpose and secret: few purposes, and one or two secrets. */
const keys = new Map<string, Buffer>();

function keyOf(purpose: string, secret: string): Buffer {
  const name = JSON.stringify([purpose, secret]);
  const key = keys.get(name) ?? createHmac('sha256', secret).update(purpose).digest();
  keys.set(name, key);
  return key;
}

/**
 * Signs a text; the signature is base64url.
 * @param purpose what is signed, one of a few words in code. Each purpose has its own key, so that a signature for one
 * purpose, or for LiveKit, is not valid for another
 * @param secret `LIVEKIT_API_SECRET`
 */
export const signatureOf = (purpose: string, text: string, secret: string): string =>
  createHmac('sha256', keyOf(purpose, secret)).update(text).digest('base64url');

/** Compares two strings in constant time. */
export function isSame(shown: string, right: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
