// What every download needs: an answer that may be slow but not stuck, and the hash of what came.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * Fetches with a time-out that `alive` winds up again, so that slow is allowed and stuck is not.
 * @param options {timeoutMs, headers}: until an answer must begin, and between two pieces
 * @returns {Promise<{response: Response, alive: () => void, done: () => void}>} `done` ends the time-out
 * @throws Error with address and reason in one line
 */
export async function get(url, { timeoutMs, headers }) {
  const stuck = new AbortController();
  const late = () => stuck.abort(new Error(`no data for ${timeoutMs / 1_000} s`));
  const timer = setTimeout(late, timeoutMs);
  const done = () => clearTimeout(timer);
  try {
    const response = await fetch(url, { signal: stuck.signal, ...(headers && { headers }) });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return { response, alive: () => timer.refresh(), done };
  } catch (error) {
    done();
    const why = error.cause?.code ?? error.cause?.message ?? error.message;
    throw new Error(`${url}: ${why}`);
  }
}

/** SHA-256 of a file, in hexadecimal. */
export async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
