// Recordings in the bucket: read, as a player asks for them, and deleted.
import { keyOf } from './output';
import { type Bucket, signedUrl } from './signed-url';

/** Seconds for which an address holds: it is used at once, by this process. */
const HOLDS_SECONDS = 60;
/** Milliseconds for storage to begin its answer. */
const ANSWER_MS = 10_000;

async function ask(
  method: 'GET' | 'HEAD' | 'DELETE',
  bucket: Bucket,
  file: string,
  headers: HeadersInit = {},
): Promise<Response> {
  const url = signedUrl(method, bucket, keyOf(file), Date.now(), HOLDS_SECONDS);
  // For the beginning only: who listens takes as long as they like.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  try {
    return await fetch(url, { method, headers, signal: late.signal, cache: 'no-store' });
  } finally {
    clearTimeout(timer);
  }
}

/** The storage's own answer: 200, 206 or 416; 403 or 404 for what it has not. @throws where it is away */
export function readStored(
  method: 'GET' | 'HEAD',
  bucket: Bucket,
  file: string,
  range: string | null,
): Promise<Response> {
  // Signed for no header but the host's: a range may be added.
  return ask(method, bucket, file, range ? { range } : {});
}

/** Deletes a recording, if it is there. @throws where the storage does not do it */
export async function removeStored(bucket: Bucket, file: string): Promise<void> {
  const { ok, status } = await ask('DELETE', bucket, file);
  if (!ok && status !== 404) throw new Error(`the storage of recordings answered ${status}`);
}
