// livekit-server for this clone: found on this machine, else got: the official release, checked against the
// checksums below, else built with Go. It is put in place complete or not at all.
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

/** The version this software is made and tested with. */
export const LIVEKIT_VERSION = '1.13.5';

/** How folders begin in which something is made before it is put in place. */
const ASIDE = '.making-';

const RELEASES = 'https://github.com/livekit/livekit/releases/download';
/** Milliseconds until an answer must begin, and between two pieces of a download. */
const TIMEOUT_MS = 15_000;

/** SHA-256 of the archives, as the release's `checksums.txt` has them. They change with {@link LIVEKIT_VERSION}. */
const CHECKSUMS = {
  amd64: 'c020fac437b7cc9b776eef1ad5ea8af77be9acfa07602eca20a3a44930dfbc70',
  arm64: '332015305518765fe05bad74fc3a9d9583e635e7dd130de3c4fc563d69c550f3',
};

/**
 * The build of the release for a system, or undefined: LiveKit publishes Linux (and Windows) builds only, see
 * `.goreleaser.yaml` of livekit/livekit. macOS builds it with Go or Homebrew; there are no agents for 32 bits.
 */
export function buildFor(platform, arch) {
  return { 'linux x64': 'amd64', 'linux arm64': 'arm64' }[`${platform} ${arch}`];
}

/** Name of a build's archive. */
export const archiveName = (build) => `livekit_${LIVEKIT_VERSION}_linux_${build}.tar.gz`;

/**
 * Downloads, checks and puts the server at `target`.
 * @param say told how far it is ("43 %")
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
    throw new Error(`the download of ${url} broke off (${error.cause?.message ?? error.message})`);
  } finally {
    done();
  }
}

/** Milliseconds `--version` may take. */
const VERSION_TIMEOUT_MS = 10_000;

/** Version a livekit-server says it is, or undefined when it does not run. */
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
 * A server that is already on this machine: LIVEKIT_SERVER_BIN, one on PATH, the one that was got for this clone.
 * @returns {Promise<{file?: string, note?: string}>} `note`: something the person should know
 * @throws Error when LIVEKIT_SERVER_BIN is set and does not run
 */
export async function findServer(env) {
  if (env.LIVEKIT_SERVER_BIN) {
    const version = await versionOf(env.LIVEKIT_SERVER_BIN);
    if (!version) {
      throw new Error(
        `LIVEKIT_SERVER_BIN is ${env.LIVEKIT_SERVER_BIN}, and that does not run as livekit-server.`,
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
    ? `${installed} is ${version ?? 'not to be run'}, and ${LIVEKIT_VERSION} is needed: not used.`
    : undefined;
  const own = ownServer(env);
  return (await versionOf(own)) === LIVEKIT_VERSION ? { file: own } : { note };
}

function otherVersion(version) {
  return version === LIVEKIT_VERSION
    ? undefined
    : `livekit-server is ${version}; Callboard is tested with ${LIVEKIT_VERSION}.`;
}

/** Where a server that was got for this clone is kept. */
function ownServer(env) {
  return join(dataDir(env), 'bin/livekit-server');
}

const GO_MODULE = `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`;
/** Milliseconds Go may build: it takes 95 s on two cores, so ten minutes are ample. */
const GO_TIMEOUT_MS = 600_000;

/**
 * Downloads the release, else builds it with Go, into the data folder.
 * @param from where the releases are, and the SHA-256 of each build's archive
 * @throws Error that names the ways to get it and why each did not work here
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
    `livekit-server ${LIVEKIT_VERSION} could not be got:\n${failures.join('\n')}\n\n` +
      'Any one of these three is enough:\n' +
      '  1. Internet access to github.com, for the official release (Linux)\n' +
      '  2. Go 1.26 or newer on PATH and access to its module proxy: https://go.dev/dl\n' +
      '  3. livekit-server on PATH (macOS: brew install livekit), or its path in LIVEKIT_SERVER_BIN\n' +
      'Or use a server you have: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET in .env.',
  );
}

/** Removes what a set-up that was killed half-way has left. */
async function sweep(dir) {
  await mkdir(dir, { recursive: true });
  const left = (await readdir(dir)).filter((name) => name.startsWith(ASIDE));
  await Promise.all(left.map((name) => rm(join(dir, name), { recursive: true, force: true })));
}

async function fromRelease(target, from, say) {
  const build = buildFor(process.platform, process.arch);
  if (!build) throw new Error(`it has no archive for ${process.platform} ${process.arch}`);
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
