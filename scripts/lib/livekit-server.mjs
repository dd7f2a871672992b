// Finds livekit-server on this machine, or installs it: the official release, verified with the checksums below, or built
// with Go. An incomplete installation is never left in place.
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { get, sha256 } from './fetch-file.mjs';
import { onPath } from './on-path.mjs';
import { dataDir } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';

/** The tested version. */
export const LIVEKIT_VERSION = '1.13.5';

/** Prefix of temporary folders for installation. */
const ASIDE = '.making-';

const RELEASES = 'https://github.com/livekit/livekit/releases/download';
/** Milliseconds until a response must begin, and between two chunks of a download. */
const TIMEOUT_MS = 15_000;

/** SHA-256 of the archives, from the release's `checksums.txt`. Update them with {@link LIVEKIT_VERSION}. */
const CHECKSUMS = {
  amd64: 'c020fac437b7cc9b776eef1ad5ea8af77be9acfa07602eca20a3a44930dfbc70',
  arm64: '332015305518765fe05bad74fc3a9d9583e635e7dd130de3c4fc563d69c550f3',
};

/**
 * Name of the release build for a platform, or undefined. LiveKit publishes builds for Linux (and Windows) only, see
 * `.goreleaser.yaml` of livekit/livekit; on macOS use Go or Homebrew. There are no agents for 32-bit systems.
 */
export function buildFor(platform, arch) {
  return { 'linux x64': 'amd64', 'linux arm64': 'arm64' }[`${platform} ${arch}`];
}

/** File name of a build's archive. */
export const archiveName = (build) => `livekit_${LIVEKIT_VERSION}_linux_${build}.tar.gz`;

/**
 * Downloads and verifies the server, and installs it at `target`.
 * @param say called with the progress ("43 %")
 * @throws Error with the reason in one line; nothing is left behind
 */
async function downloadServer({ build, target, releases, checksums, say }) {
  const archive = archiveName(build);
  const aside = await mkdtemp(join(dirname(target), ASIDE));
  try {
    const file = join(aside, archive);
    await download(`${releases}/v${LIVEKIT_VERSION}/${archive}`, file, say);
    if ((await sha256(file)) !== checksums[build]) {
      throw new Error(`${archive} does not match the expected checksum, so it is not used`);
    }
    await runQuietly('tar', ['-xzf', file, '-C', aside, 'livekit-server']);
    const server = join(aside, 'livekit-server');
    await chmod(server, 0o755);
    await rename(server, target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
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
    throw new Error(`the download of ${url} failed (${error.cause?.message ?? error.message})`);
  } finally {
    done();
  }
}

/** Timeout in milliseconds for `--version`. */
const VERSION_TIMEOUT_MS = 10_000;

/** Version reported by a livekit-server, or undefined if it does not run. */
async function versionOf(file) {
  try {
    const { stdout } = await promisify(execFile)(file, ['--version'], {
      timeout: VERSION_TIMEOUT_MS,
    });
    return /version (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

/** Whether version `a` is `b` or newer, within the same major version. */
export function isAtLeast(a, b) {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  return x[0] === y[0] && (x[1] > y[1] || (x[1] === y[1] && x[2] >= y[2]));
}

/**
 * An installed server: LIVEKIT_SERVER_BIN, one on PATH, or the one installed for this clone.
 * @returns {Promise<{file?: string, note?: string}>} `note`: a hint for the user
 * @throws Error if LIVEKIT_SERVER_BIN is set and does not run
 */
export async function findServer(env) {
  if (env.LIVEKIT_SERVER_BIN) {
    const version = await versionOf(env.LIVEKIT_SERVER_BIN);
    if (!version) {
      throw new Error(
        `LIVEKIT_SERVER_BIN is ${env.LIVEKIT_SERVER_BIN}, which does not run as livekit-server.`,
      );
    }
    return { file: env.LIVEKIT_SERVER_BIN, note: otherVersion(version) };
  }
  const installed = onPath('livekit-server', env);
  const version = installed && (await versionOf(installed));
  if (version && isAtLeast(version, LIVEKIT_VERSION)) {
    return { file: installed, note: otherVersion(version) };
  }
  const note = installed
    ? `${installed} is not used: its version is ${version ?? 'unknown'}, and ${LIVEKIT_VERSION} is required.`
    : undefined;
  const own = ownServer(env);
  return (await versionOf(own)) === LIVEKIT_VERSION ? { file: own } : { note };
}

function otherVersion(version) {
  return version === LIVEKIT_VERSION
    ? undefined
    : `livekit-server has version ${version}; Callboard is tested with ${LIVEKIT_VERSION}.`;
}

/** Where this clone's own server is installed. */
function ownServer(env) {
  return join(dataDir(env), 'bin/livekit-server');
}

const GO_MODULE = `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`;
/** Milliseconds for the build with Go: it takes 95 s on two cores, so ten minutes are ample. */
const GO_TIMEOUT_MS = 600_000;

/**
 * Installs the server in the data folder: downloads the release, or builds it with Go.
 * @param from URL of the releases, and the SHA-256 of each build's archive
 * @throws Error that lists all ways and why each failed
 */
export async function getServer(env, say, from = { releases: RELEASES, checksums: CHECKSUMS }) {
  const target = ownServer(env);
  const ways = [
    ['the official release', () => fromRelease(target, from, say)],
    ['Go', () => fromGo(target, env, say)],
  ];
  await sweep(dirname(target));
  const failures = [];
  for (const [way, get] of ways) {
    try {
      await get();
      if ((await versionOf(target)) !== LIVEKIT_VERSION) throw new Error('it does not run here');
      return way;
    } catch (error) {
      await rm(target, { force: true });
      failures.push(`  ${way}: ${error.message}`);
    }
  }
  throw new Error(
    `livekit-server ${LIVEKIT_VERSION} could not be installed:\n${failures.join('\n')}\n\n` +
      'One of these is enough:\n' +
      '  1. Internet access to github.com, for the official release (Linux)\n' +
      '  2. Go 1.26 or newer on PATH and access to its module proxy: https://go.dev/dl\n' +
      '  3. livekit-server on PATH (macOS: brew install livekit), or its path in LIVEKIT_SERVER_BIN\n' +
      'Or use an existing server: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET in .env.',
  );
}

/** Removes leftovers of a set-up that was killed. */
async function sweep(dir) {
  await mkdir(dir, { recursive: true });
  const left = (await readdir(dir)).filter((name) => name.startsWith(ASIDE));
  await Promise.all(left.map((name) => rm(join(dir, name), { recursive: true, force: true })));
}

async function fromRelease(target, from, say) {
  const build = buildFor(process.platform, process.arch);
  if (!build) throw new Error(`there is no build for ${process.platform} ${process.arch}`);
  await downloadServer({ ...from, build, target, say });
}

async function fromGo(target, env, say) {
  const go = onPath('go', env);
  if (!go) throw new Error('it is not on PATH');
  const aside = await mkdtemp(join(dirname(target), ASIDE));
  let packages = 0;
  try {
    say('building with Go, about 2 minutes');
    await runQuietly(go, ['install', '-v', GO_MODULE], {
      env: { GOBIN: aside },
      timeoutMs: GO_TIMEOUT_MS,
      onOutput(text) {
        packages += text.split('\n').length - 1;
        say(`building with Go, about 2 minutes, ${packages} packages`);
      },
    });
    await chmod(join(aside, 'server'), 0o755);
    await rename(join(aside, 'server'), target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
