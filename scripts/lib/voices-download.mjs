// Downloads a large file whole or not at all: with progress, its hash checked, and after breaking off
// it goes on where it was, since these files have hundreds of megabytes.
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { get, sha256 as hashOf } from './fetch-file.mjs';

/** Milliseconds until an answer must begin, and between two pieces. */
const TIMEOUT_MS = 30_000;

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * @param from {url, bytes, sha256}: how many bytes there are to be, and their SHA-256
 * @param file where they go; what an earlier download left there is continued
 * @param say told how far it is ("43 % of 103.2 MB")
 * @throws Error in one sentence. What has come stays if it can be continued, and is removed if it is wrong
 */
export async function download({ url, bytes, sha256 }, file, say) {
  await mkdir(dirname(file), { recursive: true });
  const there = await sizeOf(file);
  if (there < bytes) await fetchRest({ url, bytes }, file, there, say);
  const actual = await hashOf(file);
  if (actual === sha256) return;
  await rm(file, { force: true });
  throw new Error(
    `${url} is not the file it should be: its SHA-256 is ${actual}, and ${sha256} was expected. It is not used`,
  );
}

async function sizeOf(file) {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
}

async function fetchRest({ url, bytes }, file, there, say) {
  const { response, alive, done } = await get(url, {
    timeoutMs: TIMEOUT_MS,
    headers: there > 0 ? { range: `bytes=${there}-` } : undefined,
  });
  // 206 is the rest; a server that knows no ranges sends all of it again.
  const begun = response.status === 206 ? there : 0;
  let got = begun;
  const count = new Transform({
    transform(piece, _encoding, next) {
      alive();
      got += piece.length;
      if (got > bytes)
        return next(new Error(`it is larger than the ${bytes} bytes it should have`));
      say(`${Math.floor((got / bytes) * 100)} % of ${megabytes(bytes)}`);
      next(null, piece);
    },
  });
  try {
    const flags = begun > 0 ? 'a' : 'w';
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(file, { flags }));
    if (got < bytes) throw new Error('it ended early');
  } catch (error) {
    if (got > bytes) await rm(file, { force: true });
    const why = error.cause?.message ?? error.message;
    const left = got > bytes ? '' : '. The same command goes on from there';
    throw new Error(`the download broke off at ${megabytes(Math.min(got, bytes))} (${why})${left}`);
  } finally {
    done();
  }
}
