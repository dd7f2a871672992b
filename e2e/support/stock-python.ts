// Python with LiveKit's agents framework, for workers that were not written for Callboard. It is installed once.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
/** Where it is. Other tests may use or install it at the same time. */
const VENV = resolve('.callboard/python');
/** A copy of the requirements that are installed. */
const INSTALLED = join(VENV, 'requirements.txt');
/** Milliseconds for the installation, which takes less than one on a fast network. */
const INSTALL_MS = 120_000;

const run = promisify(execFile);

async function install(): Promise<void> {
  const folder = mkdtempSync(`${VENV}-`);
  const options = { timeout: INSTALL_MS, killSignal: 'SIGKILL' } as const;
  try {
    await run('python3', ['-m', 'venv', folder], options);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await run(join(folder, 'bin/python'), [...pip, '--requirement', REQUIREMENTS], options);
    writeFileSync(join(folder, 'requirements.txt'), readFileSync(REQUIREMENTS));
    if (existsSync(VENV) && !isInstalled()) rmSync(VENV, { recursive: true, force: true });
    // Fails if another test has installed it meanwhile, whose agents use it.
    renameSync(folder, VENV);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isInstalled = () =>
  existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === readFileSync(REQUIREMENTS, 'utf8');

/** Path of the interpreter; undefined where it cannot be installed within two minutes, which is said once. */
export async function stockPython(): Promise<string | undefined> {
  try {
    if (!isInstalled()) await install();
    return join(VENV, 'bin/python');
  } catch (error) {
    if (isInstalled()) return join(VENV, 'bin/python');
    const { killed, message } = error as Error & { readonly killed?: boolean };
    const why = killed ? 'pip took longer than two minutes' : message;
    console.warn(`Agents in Python are not tested: they need python3 with venv and pip. ${why}`);
    return undefined;
  }
}
