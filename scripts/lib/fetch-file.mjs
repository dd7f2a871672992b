// Shared code of downloads: a response that may be slow but must not stall, and hashing of files.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * Fetches with a timeout that `alive` resets, so that slow responses are allowed and stalled ones are not.
 * @param options {timeoutMs, headers}: timeout until the response begins, and between two chunks
 * @returns {Promise<{response: Response, alive: () => void, done: () => void}>} `done` cancels the timeout
 * @throws Error with URL and reason in one line
 */
export async function get(url, { timeoutMs, headers }) {
  const stuck = new AbortController();
  const late = () => stuck.abort(new Error(`no data for ${timeoutMs / 1_000} s`));
  const timer = setTimeout(late, timeoutMs);
  const done = () => clearTimeout(timer);
  try {
    const response = await fetch(url, { signal: stuck.signal, ...(headers && { headers }) });
    if (!response.ok) throw new Error(`status ${response.status}`);
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
