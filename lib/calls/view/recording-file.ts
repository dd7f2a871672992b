// Serves a recording over HTTP: whole, or the range that a player requests (RFC 9110). From this machine's disk, or
// proxied from Egress's bucket, so that pages need no access to another server.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { callTimeline } from '@/lib/calls/view/one-call';
import { recordingsOf } from '@/lib/calls/view/recordings';
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';
import { bucketWith, isAddress } from '@/lib/recordings/output';
import { recordingPath, recordingType } from '@/lib/recordings/recording';
import type { Bucket } from '@/lib/recordings/signed-url';
import { readStored } from '@/lib/recordings/stored';

/** First and last byte. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * The range of `size` bytes that a `Range` header requests; `whole` if there is none, or one that may be ignored
 * (another unit, several ranges). Undefined if the range cannot be satisfied.
 */
function partOf(range: string | null, size: number): Part | 'whole' | undefined {
  const found = range?.match(/^bytes=(\d*)-(\d*)$/);
  if (!found || (found[1] === '' && found[2] === '')) return 'whole';
  const [, first = '', last = ''] = found;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return 'whole';
  return start < size && start <= end ? { start, end } : undefined;
}

const unknown = (detail: string, cause?: unknown) =>
  new Problem('unknown-recording', detail, {}, {}, { cause });

/**
 * The response with a recording of a call.
 * @param n its number, from 0: a file name never comes from the client
 * @param account restricts access to calls of this account
 * @throws {Problem} 404, 416; 503 if the database or the recording storage does not answer
 */
export async function recordingAnswer(
  server: Ground,
  request: Request,
  id: string,
  n: string,
  account?: string,
): Promise<Response> {
  const recordings = recordingsOf(await callTimeline(server, id, account));
  const recording = /^\d{1,4}$/.test(n) ? recordings[Number(n)] : undefined;
  if (!recording) throw unknown('The call has no recording with this number.');
  const { file, location } = recording;
  const { config } = server;
  if (isAddress(location)) {
    const bucket = bucketWith(config, file);
    if (!bucket) throw unknown(`The recording is stored elsewhere: ${location}`);
    return storedAnswer(request, bucket, file);
  }
  const path = recordingPath(config.DATA_DIR, file);
  if (!path) throw unknown('The recording is not in the recordings folder.');
  return fileAnswer(request, path);
}

/** Headers of the storage's response that a player needs. */
const PASSED_ON = ['content-length', 'content-range', 'accept-ranges'];

async function storedAnswer(request: Request, bucket: Bucket, file: string): Promise<Response> {
  const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
  const range = request.headers.get('range');
  const stored = await readStored(method, bucket, file, range).catch((error: unknown) => {
    throw new Problem('busy', 'The recording storage does not answer.', {}, {}, { cause: error });
  });
  const { status, body } = stored;
  if (status === 416) throw new Problem('no-such-range', 'The recording is shorter.');
  if (!stored.ok) {
    await body?.cancel();
    throw unknown(
      `The recording storage returned ${status}: the file was deleted or cannot be accessed.`,
    );
  }
  const headers = new Headers(usualHeaders(file));
  for (const name of PASSED_ON) {
    const value = stored.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(body, { status, headers });
}

const usualHeaders = (file: string) => ({
  'content-type': recordingType(file) ?? 'application/octet-stream',
  'cache-control': 'no-store',
});

async function fileAnswer(request: Request, path: string): Promise<Response> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw unknown('The recording was deleted, or is on the machine of its worker.', error);
  });
  const part = partOf(request.headers.get('range'), size);
  if (!part) {
    const headers = { 'content-range': `bytes */${size}` };
    throw new Problem('no-such-range', `The recording has ${size} bytes.`, {}, headers);
  }
  const { start, end } = part === 'whole' ? { start: 0, end: size - 1 } : part;
  const headers = {
    ...usualHeaders(path),
    'content-length': String(end - start + 1),
    'accept-ranges': 'bytes',
    ...(part !== 'whole' && { 'content-range': `bytes ${start}-${end}/${size}` }),
  };
  const body = request.method === 'HEAD' ? null : bytesOf(path, start, end);
  return new Response(body, { status: part === 'whole' ? 200 : 206, headers });
}

function bytesOf(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  return Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream<Uint8Array>;
}
