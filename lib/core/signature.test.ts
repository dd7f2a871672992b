// Signatures depend on purpose, text and secret. What earlier versions signed stays valid.
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { signatureOf } from '@/lib/core/signature';

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);

it('signs with a key of its own for each purpose and secret', () => {
  const all = [
    ['cookie', 'text', 'secret'],
    ['cookie', 'other', 'secret'],
    ['ticket', 'text', 'secret'],
    ['cookie', 'text', 'secret2'],
    ['cookiesecret', 'text', ''],
    ['', 'text', 'cookiesecret'],
  ] as const;
  // Twice: a key is kept after its first use.
  for (const [purpose, text, secret] of [...all, ...all]) {
    const key = hmac(secret, purpose).digest();
    expect(signatureOf(purpose, text, secret)).toBe(hmac(key, text).digest('base64url'));
  }
  const signed = all.map(([purpose, text, secret]) => signatureOf(purpose, text, secret));
  expect(new Set(signed).size).toBe(all.length);
});
