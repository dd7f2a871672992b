// A whisper on its way to an agent. Any participant can send data on its topic, and one that LiveKit has not announced yet
// looks like the server: only the signature tells.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isBlank } from '@/lib/core/blank';
import { jsonAs } from '@/lib/core/json';
import { isSame, signatureOf } from '@/lib/core/signature';
import type { Signing } from '@/lib/dispatch/signed-metadata';
import { WHISPER_MAX } from '@/lib/livekit/attributes';

/** Milliseconds for which a whisper is valid. LiveKit tolerates clocks that differ by as much. */
const VALID_MS = 60_000;

/** A note for the agent alone, from somebody who watches the call. */
export const whisper = z.object({
  text: z
    .string()
    .trim()
    .refine((text) => !isBlank(text), 'is blank')
    .max(WHISPER_MAX),
});
const letter = whisper.extend({ at: z.number(), nonce: z.string(), signature: z.string() });

const sign = (text: string, at: number, nonce: string, { room, secret }: Signing): string =>
  signatureOf('callboard whisper', JSON.stringify([room, at, nonce, text]), secret);

/** The payload of a whisper to the agents in a room, valid once. */
export function writeWhisper(text: string, signing: Signing, at = Date.now()): string {
  const nonce = randomUUID();
  return JSON.stringify({ text, at, nonce, signature: sign(text, at, nonce, signing) });
}

/** Returns a function that reads the whispers of a room: their text, or undefined if they are not valid any more or at all. */
export function whisperReader(signing: Signing): (payload: string) => string | undefined {
  const read = new Set<string>();
  return (payload) => {
    const { text, at, nonce, signature } = jsonAs(letter, payload) ?? {};
    if (text === undefined || at === undefined || nonce === undefined) return undefined;
    if (!isSame(signature ?? '', sign(text, at, nonce, signing))) return undefined;
    if (Math.abs(Date.now() - at) > VALID_MS || read.has(nonce)) return undefined;
    read.add(nonce);
    return text;
  };
}
