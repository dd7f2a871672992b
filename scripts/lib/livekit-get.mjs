// Gets livekit-server for this clone: the official release, else built with Go. If neither works, one
// message names the ways.
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ASIDE, archiveName, downloadServer, LIVEKIT_VERSION } from './livekit-release.mjs';
import { ownServer, versionOf } from './livekit-server.mjs';
import { onPath } from './on-path.mjs';
import { runQuietly } from './run-quietly.mjs';

const GO_MODULE = `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`;
/** Milliseconds Go may build: it takes 95 s on two cores, so ten minutes are ample. */
const GO_TIMEOUT_MS = 600_000;

/**
 * Downloads the release, else builds it with Go, into the data folder.
 * @throws Error that names the ways to get it and why each did not work here
 */
export async function getServer(env, say) {
  const target = ownServer(env);
  const ways = [
    ['the official release', () => fromRelease(target, env, say)],
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

async function fromRelease(target, env, say) {
  const archive = archiveName(process.platform, process.arch);
  if (!archive) throw new Error(`it has no archive for ${process.platform} ${process.arch}`);
  await downloadServer({ archive, target, env, say });
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
