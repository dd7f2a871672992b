// Installs the engine of neural voices when the first one is added: a package of 32 MB that nobody else
// needs. Versions and hashes are pinned here as package-lock.json pins those of the others.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from './run-quietly.mjs';
import { ASIDE, engineDir, voicesDir } from './voices-folder.mjs';

/** The package and the version it is tested with. */
export const ENGINE = 'sherpa-onnx-node';
export const ENGINE_VERSION = '1.13.8';
/** Bytes to download, rounded: told before. */
export const ENGINE_BYTES = 11_500_000;

/** What the registry says of each: the package, and one with the machine's code for each system. */
const INTEGRITY = {
  'sherpa-onnx-node':
    'sha512-MsDMBdhLFTZ1GwvcGSSQhnS7g/EA8OMH6IYysCVUOM7j8Icty9KRc0E6YT1A5fWBsZwRfKOeh88QC95aRvS8ag==',
  'sherpa-onnx-linux-x64':
    'sha512-6plnhjagsSeTntCgnlag86hWbs/uZE9Crms1LgOb68/1nKsIQjMd+WG519m+aPwT6TrsBOiEMzrx41t8sL5L5g==',
  'sherpa-onnx-linux-arm64':
    'sha512-Tlg7a70b/Wge3OF8IgTHF9jhSVCsLyKQKhwc4BsJ5A+dL/SrFtGBjzuHp4XeLhiiOT7afCxX5PdSn/D4c8Lnuw==',
  'sherpa-onnx-darwin-x64':
    'sha512-7BLRpjM6w4f9W46/nmkmq8lEKUayhebvcpslCVQ+6QN2uReYlZEMDZlSpXMjme+hUFrPfRz8P3UNq8ep/4d19g==',
  'sherpa-onnx-darwin-arm64':
    'sha512-FPNgJMgnWVl/KhRTIhG3KL3A4Om63Rn4YKXc9/uHY7SzLcvqLJLc/h7UBWJwduXvv7K18t5NpxHR6XgXn4sjWw==',
};
/** Milliseconds npm may take: minutes on a slow line. */
const INSTALL_MS = 600_000;

const native = () => `sherpa-onnx-${process.platform}-${process.arch}`;

/** Whether there is an engine for this system at all. */
export const engineFits = () => Object.hasOwn(INTEGRITY, native());

/** Whether it is installed, in this version. */
export function engineInstalled(env) {
  return [ENGINE, native()].every((name) => {
    const file = join(engineDir(env), 'node_modules', name, 'package.json');
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === ENGINE_VERSION;
  });
}

/**
 * Installs it with npm, which checks the hashes; put in place whole.
 * @throws Error with npm's words
 */
export async function installEngine(env) {
  await mkdir(voicesDir(env), { recursive: true });
  const aside = await mkdtemp(join(voicesDir(env), ASIDE));
  try {
    const root = { name: 'voices', private: true, dependencies: { [ENGINE]: ENGINE_VERSION } };
    const [, ...systems] = Object.keys(INTEGRITY);
    const entry = (name) => ({ version: ENGINE_VERSION, integrity: INTEGRITY[name] });
    const lock = {
      name: root.name,
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': root,
        [`node_modules/${ENGINE}`]: {
          ...entry(ENGINE),
          optionalDependencies: Object.fromEntries(systems.map((name) => [name, ENGINE_VERSION])),
        },
        ...Object.fromEntries(
          systems.map((name) => {
            const [os, cpu] = name.split('-').slice(-2);
            return [
              `node_modules/${name}`,
              { ...entry(name), optional: true, os: [os], cpu: [cpu] },
            ];
          }),
        ),
      },
    };
    await writeFile(join(aside, 'package.json'), JSON.stringify(root));
    await writeFile(join(aside, 'package-lock.json'), JSON.stringify(lock));
    // The npm that called us, so that no other on PATH is used by chance.
    const own = /npm-cli\.[cm]?js$/.test(env.npm_execpath ?? '') && env.npm_execpath;
    const [file, args] = own ? [process.execPath, [own]] : ['npm', []];
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runQuietly(file, [...args, 'ci', ...flags], { cwd: aside, timeoutMs: INSTALL_MS });
    await rm(engineDir(env), { recursive: true, force: true });
    await rename(aside, engineDir(env));
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
