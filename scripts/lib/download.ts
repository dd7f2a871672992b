// Downloads that may be slow but must not stall, that are resumed if they were interrupted, and that are verified.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { fetchFailure } from '@/lib/core/failure-cause';
import { englishDuration } from '@/lib/core/figures';
import { downloadProxies } from '@/lib/core/outbound-proxy';
import type { Say } from '@/scripts/lib/terminal';

/** Milliseconds until a response must begin, and between two chunks of it. */
const TIMEOUT_MS = 30_000;

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

interface Download {
  readonly url: string;
  /** Its size, if it is known: only then is an earlier download resumed. */
  readonly bytes?: number;
  readonly sha256: string | undefined;
}

/** Node's own `fetch` uses the proxy of the environment only from Node 24 on, and if NODE_USE_ENV_PROXY is set. */
function throughProxy(proxies: ReturnType<typeof downloadProxies>): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent(proxies);
  } catch {
    throw new Error(
      'HTTPS_PROXY, HTTP_PROXY or the proxy of npm is not a URL such as http://proxy.example.com:8080',
    );
  }
}

/** Fetches `url` from the byte `there` on, and appends it to the file. */
async function fetchTo(file: string, { url, bytes }: Download, there: number, say: Say) {
  const proxies = downloadProxies(process.env);
  const dispatcher = throughProxy(proxies);
  const stuck = new AbortController();
  const late = () => stuck.abort(new Error(`no data for ${englishDuration(TIMEOUT_MS)}`));
  const timer = setTimeout(late, TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      signal: stuck.signal,
      dispatcher,
      ...(there > 0 && { headers: { range: `bytes=${there}-` } }),
    }).catch((error) => {
      const via = proxies.httpsProxy ? ', through the proxy that is set' : '';
      throw new Error(`${url}${via}: ${fetchFailure(error)}`);
    });
    if (!response.ok || !response.body) throw new Error(`${url}: status ${response.status}`);
    // 206 is the rest of the file; a server without range support sends all of it.
    const rest = response.status === 206;
    const total = bytes ?? Number(response.headers.get('content-length'));
    let got = rest ? there : 0;
    const count = new Transform({
      transform(piece: Buffer, _encoding, next) {
        timer.refresh();
        got += piece.length;
        const percent = `${Math.floor((got / total) * 100)} % of ${megabytes(total)}`;
        say(total ? percent : megabytes(got));
        next(null, piece);
      },
    });
    // Open before reading: if the connection fails at once, there must be a file to resume.
    const to = (await open(file, rest ? 'a' : 'w')).createWriteStream();
    await pipeline(Readable.fromWeb(response.body as ReadableStream), count, to).catch((error) => {
      throw new Error(
        `the download of ${url} failed (${fetchFailure(error)}). Run the same command again` +
          (bytes ? ' to resume it' : ''),
      );
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Downloads to `file`, resuming an earlier download, and checks the hash.
 * @param say called with the progress ("43 % of 20 MB")
 * @throws Error in one sentence; a file with another hash is removed
 */
export async function download(wanted: Download, file: string, say: Say): Promise<void> {
  const there = wanted.bytes && existsSync(file) ? statSync(file).size : 0;
  if (there < (wanted.bytes ?? Number.POSITIVE_INFINITY)) await fetchTo(file, wanted, there, say);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') === wanted.sha256) return;
  await rm(file);
  const { url, sha256 } = wanted;
  throw new Error(`${url} does not have the expected SHA-256 ${sha256}. It is not used`);
}

/** Prefix of the folders of {@link madeAside}: one that is left is of a process that was killed. */
export const ASIDE = '.making-';

/**
 * Runs `make` in a new folder beside `place`, and moves what it returns, or else the folder, to `place`: nothing incomplete
 * is ever there.
 */
export async function madeAside(
  place: string,
  make: (aside: string) => Promise<string> | Promise<void>,
): Promise<void> {
  const aside = await mkdtemp(join(dirname(place), ASIDE));
  try {
    const made = (await make(aside)) ?? aside;
    await rm(place, { recursive: true, force: true });
    await rename(made, place);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
