// Python with LiveKit's agents framework, for workers that were not written for Callboard. It is installed once.
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { waitFor } from '@/lib/core/wait';
import { takeLock } from '@/lib/db/folder-lock';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
/** Where it is. Other tests may use or install it at the same time. */
const VENV = resolve('.callboard/python');
/** A copy of the requirements that are installed. */
const INSTALLED = join(VENV, 'requirements.txt');
/** Milliseconds for the installation, which takes less than one on a fast network. */
const INSTALL_MS = 120_000;

const run = promisify(execFile);

async function install(): Promise<void> {
  const options = { timeout: INSTALL_MS, killSignal: 'SIGKILL' } as const;
  await run('python3', ['-m', 'venv', '--clear', VENV], options);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await run(join(VENV, 'bin/python'), [...pip, '--requirement', REQUIREMENTS], options);
  copyFileSync(REQUIREMENTS, INSTALLED);
}

/** Installs it, or waits until another test has. False if that test could not in time. */
const installOnce = () =>
  waitFor(INSTALL_MS, async () => {
    const lock = await takeLock(`${VENV}.lock`);
    if ('holder' in lock) return isInstalled();
    try {
      if (!isInstalled()) await install();
      return true;
    } finally {
      lock.held.release();
    }
  });

const isInstalled = () =>
  existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === readFileSync(REQUIREMENTS, 'utf8');

/** Path of the interpreter; undefined where it cannot be installed within two minutes, which is said once. */
export async function stockPython(): Promise<string | undefined> {
  try {
    if (await installOnce()) return join(VENV, 'bin/python');
    throw new Error('Another test has been installing it for two minutes.');
  } catch (error) {
    const { killed, message } = error as Error & { readonly killed?: boolean };
    const why = killed ? 'pip took longer than two minutes' : message;
    console.warn(`Agents in Python are not tested: they need python3 with venv and pip. ${why}`);
    return undefined;
  }
}
