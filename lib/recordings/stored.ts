// Reads and deletes recordings in the bucket.
import { keyOf } from '@/lib/recordings/output';
import { type Bucket, signedUrl } from '@/lib/recordings/signed-url';

/** Validity of a URL in seconds: this process uses it at once. */
const VALID_SECONDS = 60;
/** Milliseconds for the storage to begin its response. */
const ANSWER_MS = 10_000;

async function ask(
  method: 'GET' | 'HEAD' | 'DELETE',
  bucket: Bucket,
  file: string,
  headers: HeadersInit = {},
): Promise<Response> {
  const url = await signedUrl(method, bucket, keyOf(file), Date.now(), VALID_SECONDS);
  // The timeout covers only the beginning: a listener may take any time to read the rest.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  try {
    return await fetch(url, { method, headers, signal: late.signal, cache: 'no-store' });
  } finally {
    clearTimeout(timer);
  }
}

/** The storage's response: 200, 206 or 416; 403 or 404 for a missing file. @throws if the storage is down */
export function readStored(
  method: 'GET' | 'HEAD',
  bucket: Bucket,
  file: string,
  range: string | null,
): Promise<Response> {
  // Only the host header is signed, so a range may be added.
  return ask(method, bucket, file, range ? { range } : {});
}

/** Deletes a recording, if it exists. @throws if the storage refuses */
export async function removeStored(bucket: Bucket, file: string): Promise<void> {
  const { ok, status } = await ask('DELETE', bucket, file);
  if (!ok && status !== 404) throw new Error(`the recording storage returned ${status}`);
}
