// Reads an uploaded recording: a form with a header, the session's history and an Ogg file, which goes to the disk as it
// arrives. File names of the sender are ignored, and an incomplete form leaves nothing.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { addAbortSignal, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Busboy } from '@fastify/busboy';
import { isTooDeep } from '@/lib/core/nesting';
import { isProblem, Problem } from '@/lib/core/problem';
import { mediaType } from '@/lib/http/read-json';
import { decodeHeader } from '@/lib/insights/otlp';
import type { InsightsServer } from '@/lib/insights/server';
import { AUDIO_END, type Audio, PART_END } from '@/lib/insights/spool';
import { type Upload, uploadOfRecording } from '@/lib/insights/uploads';

/** Maximum bytes of the parts. Our own choice: LiveKit's recordings have 10 KB a second, so two hours. */
export const AUDIO_MAX_BYTES = 72 * 1024 * 1024;
const HEADER_MAX_BYTES = 1024 * 1024;
const HISTORY_MAX_BYTES = 8 * 1024 * 1024;
const FORM_MAX_BYTES = AUDIO_MAX_BYTES + HISTORY_MAX_BYTES + HEADER_MAX_BYTES + 64 * 1024;
/** Recordings that are received at once. Our own choice: each may take the memory of a history. */
const AT_ONCE = 20;
/** Milliseconds without a byte after which an upload is given up. Our own choice. */
const IDLE_MS = 30_000;
/** Milliseconds for all of it: the framework gives up then. */
const TOTAL_MS = 15 * 60_000;

const CLOSE = { connection: 'close' };
const tooLarge = (what: string, bytes: number) =>
  new Problem('too-large', `${what} may have at most ${bytes} bytes.`, {}, CLOSE);
const slow = () => new Problem('slow-body', 'The recording did not arrive in time.', {}, CLOSE);
const broken = (cause?: unknown) =>
  new Problem('invalid-request', 'The body is not a complete form.', {}, CLOSE, { cause });

/** Collects a small part. @throws {Problem} 413 */
async function collected(part: Readable, what: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of part as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(what, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Passes chunks on, up to a size. @throws {Problem} 413 */
const upTo = (maxBytes: number) =>
  async function* (chunks: AsyncIterable<Buffer>) {
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge('A recording', maxBytes);
      yield chunk;
    }
  };

/** The parts of a form. */
interface Parts {
  header?: Buffer;
  history?: Buffer;
  hasAudio: boolean;
}

/** Reads the form; its recording is written to `path`, if that is kept. @throws {Problem} 400, 408, 413 */
async function readForm(request: Request, path: string | undefined): Promise<Parts> {
  const type = request.headers.get('content-type') ?? '';
  const parts: Parts = { hasAudio: false };
  const work: Promise<void>[] = [];
  const failed = new AbortController();
  const fail = (error: unknown) => failed.abort(isProblem(error) ? error : broken(error));
  const form = new Busboy({
    headers: { 'content-type': type },
    limits: { parts: 8, fields: 0, files: 4, headerPairs: 20 },
  });
  form.on('file', (name, part) => {
    addAbortSignal(failed.signal, part);
    const take = async () => {
      if (name === 'header') parts.header = await collected(part, 'The header', HEADER_MAX_BYTES);
      else if (name === 'chat_history') {
        parts.history = await collected(part, 'The history', HISTORY_MAX_BYTES);
      } else if (name === 'audio' && path !== undefined && !parts.hasAudio) {
        parts.hasAudio = true;
        const file = createWriteStream(path, { mode: 0o600 });
        const closed = new Promise<void>((resolve) => void file.once('close', () => resolve()));
        await pipeline(part, upTo(AUDIO_MAX_BYTES), file).finally(() => closed);
      } else part.resume();
    };
    work.push(take().catch(fail));
  });
  const idle = setTimeout(() => fail(slow()), IDLE_MS);
  const late = setTimeout(() => fail(slow()), TOTAL_MS);
  let size = 0;
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      idle.refresh();
      size += chunk.length;
      if (size > FORM_MAX_BYTES) throw tooLarge('The form', FORM_MAX_BYTES);
      yield chunk;
    }
  };
  try {
    if (!request.body) throw broken();
    const body = Readable.fromWeb(request.body as ReadableStream<Uint8Array>);
    await pipeline(body, counted, form, { signal: failed.signal });
    await Promise.all(work);
    failed.signal.throwIfAborted();
    return parts;
  } catch (error) {
    if (!failed.signal.aborted) fail(error);
    // Until then the file may still be opened, or written.
    await Promise.all(work);
    throw failed.signal.reason;
  } finally {
    clearTimeout(idle);
    clearTimeout(late);
  }
}

/** How every page of an Ogg file begins (RFC 3533), and where its position stands. */
const OGG_PAGE = 'OggS';
const POSITION_AT = 6;
/** Opus counts samples of 48 kHz (RFC 7845). */
const SAMPLES_A_MS = 48;
/** Bytes at the end in which the last page begins: a page has at most 65,307. */
const LAST_BYTES = 65_536;

/** The length of an Ogg file with Opus in milliseconds. @throws {Problem} 400 if it is none */
async function oggLength(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const at = Math.max(0, size - LAST_BYTES);
    const bytes = Buffer.alloc(Math.min(size, LAST_BYTES) + OGG_PAGE.length);
    await file.read(bytes, 0, OGG_PAGE.length, 0);
    if (bytes.toString('latin1', 0, OGG_PAGE.length) !== OGG_PAGE) {
      throw new Problem('invalid-request', 'The recording is not an Ogg file.');
    }
    const { bytesRead } = await file.read(bytes, 0, size - at, at);
    const page = bytes.subarray(0, bytesRead).lastIndexOf(OGG_PAGE);
    if (page < 0 || page + POSITION_AT + 8 > bytesRead) return 0;
    const samples = Number(bytes.readBigInt64LE(page + POSITION_AT));
    return Math.max(0, Math.round(samples / SAMPLES_A_MS));
  } finally {
    await file.close();
  }
}

/** The history as JSON; undefined if there is none. @throws {Problem} 400 */
function parsed(history: Buffer | undefined): unknown {
  if (!history || history.length === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(history.toString());
  } catch {
    throw new Problem('invalid-request', 'The history is not valid JSON.');
  }
  if (isTooDeep(value)) throw new Problem('invalid-request', 'The history is nested too deep.');
  return value;
}

/** A received recording. */
interface ReceivedRecording {
  readonly upload: Upload;
  /** Undefined if none was sent, or none is kept. */
  readonly audio: Audio | undefined;
  /** Deletes the recording. */
  readonly discard: () => Promise<void>;
}

/**
 * Receives a recording. It is kept if agents record their calls, unless Egress does.
 * @param signedAt when the request was signed, in milliseconds since 1970
 * @throws {Problem} 400, 408, 413, 415, 503
 */
export async function receiveRecording(
  server: InsightsServer,
  request: Request,
  signedAt: number,
): Promise<ReceivedRecording> {
  const { uploads, config } = server;
  if (mediaType(request) !== 'multipart/form-data') {
    throw new Problem('unsupported-media-type', 'Send the body as multipart/form-data.');
  }
  if (Number(request.headers.get('content-length')) > FORM_MAX_BYTES) {
    throw tooLarge('The form', FORM_MAX_BYTES);
  }
  if (uploads.recordings >= AT_ONCE) {
    const headers = { ...CLOSE, 'retry-after': '5' };
    throw new Problem('busy', 'Too many recordings are being uploaded.', {}, headers);
  }
  const file = `${randomUUID()}${AUDIO_END}`;
  const path = uploads.spool.pathOf(file);
  const part = `${path}${PART_END}`;
  const discard = async () => {
    await Promise.all([part, path].map((each) => rm(each, { force: true })));
  };
  uploads.recordings += 1;
  try {
    const form = await readForm(request, config.RECORD_CALLS === 'on' ? part : undefined);
    if (!form.header) throw new Problem('invalid-request', 'The form has no part "header".');
    const { audioAt, ...upload } = uploadOfRecording(
      decodeHeader(form.header),
      parsed(form.history),
      signedAt,
      config.INSIGHTS === 'prompts',
    );
    if (!form.hasAudio || audioAt === undefined || upload.redacted) {
      await discard();
      return { upload, audio: undefined, discard };
    }
    const endedAt = audioAt + (await oggLength(part));
    await rename(part, path);
    return { upload, audio: { file, startedAt: audioAt, endedAt }, discard };
  } catch (error) {
    await discard();
    throw error;
  } finally {
    uploads.recordings -= 1;
  }
}
