// Finds a livekit-server that is already on this machine, in this order: LIVEKIT_SERVER_BIN, one on
// PATH, the one that was got for this clone before.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LIVEKIT_VERSION } from './livekit-release.mjs';
import { onPath } from './on-path.mjs';
import { dataDir } from './paths.mjs';

/** Milliseconds `--version` may take. */
const VERSION_TIMEOUT_MS = 10_000;

/** Version a livekit-server says it is, or undefined when it does not run. */
export async function versionOf(file) {
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
 * A server that is already on this machine.
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
export function ownServer(env) {
  return join(dataDir(env), 'bin/livekit-server');
}
