// Finds livekit-server on this machine, or installs it: the official release, verified with the checksums below, or built
// with Go. An incomplete installation is never left in place.
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ASIDE, download, madeAside } from '@/scripts/lib/download';
import { dataDir, type Env } from '@/scripts/lib/environment';
import { onPath, runQuietly } from '@/scripts/lib/programs';
import type { Say } from '@/scripts/lib/terminal';

/** The tested version. */
export const LIVEKIT_VERSION = '1.13.5';

const RELEASES = 'https://github.com/livekit/livekit/releases/download';

type Build = 'amd64' | 'arm64';

/** SHA-256 of the archives, from the release's `checksums.txt`. Update them with {@link LIVEKIT_VERSION}. */
const CHECKSUMS: Readonly<Record<Build, string>> = {
  amd64: 'c020fac437b7cc9b776eef1ad5ea8af77be9acfa07602eca20a3a44930dfbc70',
  arm64: '332015305518765fe05bad74fc3a9d9583e635e7dd130de3c4fc563d69c550f3',
};

/**
 * Name of the release build for a platform, or undefined. LiveKit publishes builds for Linux (and Windows) only, see
 * `.goreleaser.yaml` of livekit/livekit; on macOS use Go or Homebrew. There are no agents for 32-bit systems.
 */
export function buildFor(platform: string, arch: string): Build | undefined {
  if (platform !== 'linux') return undefined;
  if (arch === 'x64') return 'amd64';
  return arch === 'arm64' ? arch : undefined;
}

/** File name of a build's archive. */
export const archiveName = (build: Build): string =>
  `livekit_${LIVEKIT_VERSION}_linux_${build}.tar.gz`;

/** Timeout in milliseconds for `--version`. */
const VERSION_TIMEOUT_MS = 10_000;

/** Version reported by a livekit-server, or undefined if it does not run. */
async function versionOf(file: string): Promise<string | undefined> {
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
export function isAtLeast(a: string, b: string): boolean {
  const major = (version: string) => version.split('.')[0];
  return major(a) === major(b) && a.localeCompare(b, 'en', { numeric: true }) >= 0;
}

interface FoundServer {
  readonly file?: string;
  /** A hint for the user. */
  readonly note?: string | undefined;
}

/**
 * An installed server: LIVEKIT_SERVER_BIN, one on PATH, or the one installed for this clone.
 * @throws Error if LIVEKIT_SERVER_BIN is set and does not run
 */
export async function findServer(env: Env): Promise<FoundServer> {
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
  if (installed && version && isAtLeast(version, LIVEKIT_VERSION)) {
    return { file: installed, note: otherVersion(version) };
  }
  const note = installed
    ? `${installed} is not used: its version is ${version ?? 'unknown'}, and ${LIVEKIT_VERSION} is required.`
    : undefined;
  const own = ownServer(env);
  return (await versionOf(own)) === LIVEKIT_VERSION ? { file: own } : { note };
}

function otherVersion(version: string): string | undefined {
  return version === LIVEKIT_VERSION
    ? undefined
    : `livekit-server has version ${version}; Callboard is tested with ${LIVEKIT_VERSION}.`;
}

/** Where this clone's own server is installed. */
export const ownServer = (env: Env): string => join(dataDir(env), 'bin/livekit-server');

const GO_MODULE = `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`;
/** Milliseconds for the build with Go: it takes 95 s on two cores, so ten minutes are ample. */
const GO_TIMEOUT_MS = 600_000;

/** Where releases are, and the SHA-256 of each build's archive. */
interface Releases {
  readonly releases: string;
  readonly checksums: Readonly<Partial<Record<Build, string>>>;
}

/**
 * Installs the server in the data folder: downloads the release, or builds it with Go. An incomplete installation is
 * never left in place.
 * @returns the way that succeeded
 * @throws Error that lists all ways and why each failed
 */
export async function getServer(
  env: Env,
  say: Say,
  from: Releases = { releases: RELEASES, checksums: CHECKSUMS },
): Promise<string> {
  const target = ownServer(env);
  const ways: [string, () => Promise<void>][] = [
    ['the official release', () => fromRelease(target, from, say)],
    ['Go', () => fromGo(target, env, say)],
  ];
  await sweep(dirname(target));
  const failures: string[] = [];
  for (const [way, get] of ways) {
    try {
      await get();
      if ((await versionOf(target)) !== LIVEKIT_VERSION) throw new Error('it does not run here');
      return way;
    } catch (error) {
      await rm(target, { force: true });
      failures.push(`  ${way}: ${(error as Error).message}`);
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
async function sweep(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const left = (await readdir(dir)).filter((name) => name.startsWith(ASIDE));
  await Promise.all(left.map((name) => rm(join(dir, name), { recursive: true, force: true })));
}

async function fromRelease(target: string, from: Releases, say: Say): Promise<void> {
  const build = buildFor(process.platform, process.arch);
  if (!build) throw new Error(`there is no build for ${process.platform} ${process.arch}`);
  const archive = archiveName(build);
  await madeAside(target, async (aside) => {
    const file = join(aside, archive);
    const url = `${from.releases}/v${LIVEKIT_VERSION}/${archive}`;
    await download({ url, sha256: from.checksums[build] }, file, say);
    await runQuietly('tar', ['-xzf', file, '-C', aside, 'livekit-server']);
    return join(aside, 'livekit-server');
  });
}

async function fromGo(target: string, env: Env, say: Say): Promise<void> {
  const go = onPath('go', env);
  if (!go) throw new Error('it is not on PATH');
  await madeAside(target, async (aside) => {
    say('building with Go, about 2 minutes');
    let packages = 0;
    await runQuietly(go, ['install', '-v', GO_MODULE], {
      env: { GOBIN: aside },
      timeoutMs: GO_TIMEOUT_MS,
      onOutput(text) {
        packages += text.split('\n').length - 1;
        say(`building with Go, about 2 minutes, ${packages} packages`);
      },
    });
    return join(aside, 'server');
  });
}
