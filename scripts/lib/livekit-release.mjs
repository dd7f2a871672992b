// Gets livekit-server from LiveKit's official release: the archive for this system, checked against
// the release's own checksums, put in place whole or not at all.
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { get, sha256 } from './fetch-file.mjs';
import { runQuietly } from './run-quietly.mjs';

/** The version this software is made and tested with. */
export const LIVEKIT_VERSION = '1.13.5';

/** How folders begin in which something is made before it is put in place. */
export const ASIDE = '.making-';

const RELEASES = 'https://github.com/livekit/livekit/releases/download';
/** Milliseconds until an answer must begin, and between two pieces of a download. */
const TIMEOUT_MS = 15_000;

/**
 * Name of the release's archive for a system, or undefined: LiveKit publishes Linux (and Windows)
 * builds only, see `.goreleaser.yaml` of livekit/livekit. macOS builds it with Go or Homebrew.
 */
export function archiveName(platform, arch) {
  const builds = { 'linux x64': 'amd64', 'linux arm64': 'arm64', 'linux arm': 'armv7' };
  const build = builds[`${platform} ${arch}`];
  return build && `livekit_${LIVEKIT_VERSION}_linux_${build}.tar.gz`;
}

/**
 * Downloads, checks and puts the server at `target`.
 * @param say told how far it is ("43 %")
 * @throws Error with the reason in one line; nothing is left behind
 */
export async function downloadServer({ archive, target, env, say }) {
  const base = `${env.LIVEKIT_RELEASES_URL || RELEASES}/v${LIVEKIT_VERSION}`;
  await mkdir(dirname(target), { recursive: true });
  const aside = await mkdtemp(join(dirname(target), ASIDE));
  try {
    const expected = await checksum(`${base}/checksums.txt`, archive);
    const file = join(aside, archive);
    await download(`${base}/${archive}`, file, say);
    const actual = await sha256(file);
    if (actual !== expected) {
      throw new Error(`${archive} does not match the release's checksum, so it is not used`);
    }
    await runQuietly('tar', ['-xzf', file, '-C', aside, 'livekit-server']);
    const server = join(aside, 'livekit-server');
    await chmod(server, 0o755);
    await rename(server, target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function checksum(url, archive) {
  const { response, done } = await get(url, { timeoutMs: TIMEOUT_MS });
  const text = await response.text().finally(done);
  const line = text.split('\n').find((entry) => entry.trim().split(/\s+/)[1] === archive);
  if (!line) throw new Error(`${url} does not name ${archive}`);
  return line.trim().split(/\s+/)[0].toLowerCase();
}

async function download(url, file, say) {
  const { response, alive, done } = await get(url, { timeoutMs: TIMEOUT_MS });
  const total = Number(response.headers.get('content-length'));
  let got = 0;
  const count = new Transform({
    transform(piece, _encoding, next) {
      alive();
      got += piece.length;
      const mb = `${(got / 1e6).toFixed(1)} MB`;
      say(total ? `${Math.floor((got / total) * 100)} % of ${(total / 1e6).toFixed(1)} MB` : mb);
      next(null, piece);
    },
  });
  try {
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(file));
  } catch (error) {
    throw new Error(`the download of ${url} broke off (${error.cause?.message ?? error.message})`);
  } finally {
    done();
  }
}
