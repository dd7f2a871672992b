// Reduces node_modules to the packages that the bundles of workers and speech server load, with their dependencies, for
// this platform only: packages of pages and binaries of other platforms are most of the size.
// Only for images, because it deletes files.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { buildDir, root } from '@/scripts/lib/environment';

/** Binaries of onnxruntime-node, by platform and architecture. */
const ONNX = 'node_modules/onnxruntime-node/bin/napi-v6';

/** A model in Moonshine's package that must not be used commercially and is not used. */
const OTHER_MODEL = 'node_modules/@usefulsensors/moonshine-js/dist/model/base-es-non-commercial';

/** Imported packages, and scoped names in strings, which are never ordinary words. */
const NAMES =
  /(?:(?:from|import|import\(|resolve\(|require\()\s*["']|["'](?=@[\w-]+\/))([^"'./][^"']*)["']/g;

/** `@a/b` of `@a/b/c`. */
const packageOf = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/** Packages in the bundles: imported, or used in `resolve`. */
function named(): Set<string> {
  const words = readdirSync(buildDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [...readFileSync(join(buildDir, file), 'utf8').matchAll(NAMES)])
    .map(([, path = '']) => packageOf(path));
  return new Set(
    words.filter((name) => !builtinModules.includes(name) && !name.startsWith('node:')),
  );
}

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

/** Path of a package that `from` depends on, by Node's resolution; undefined if it is not installed. */
function place(from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = `${at ? `${at}/` : ''}node_modules/${name}`;
    if (packages[path]) return existsSync(join(root, path)) ? path : undefined;
    if (!at) return undefined;
  }
}

/** Paths of all packages to keep. */
function staying(): Set<string> {
  const stay = new Set<string>();
  const take = (from: string, name: string) => {
    const path = place(from, name);
    const locked = path && packages[path];
    if (!locked || stay.has(path)) return;
    stay.add(path);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = locked;
    const peers = Object.keys(peerDependencies ?? {}).filter(
      (peer) => !peerDependenciesMeta?.[peer]?.optional && peer !== 'typescript',
    );
    const all = { ...dependencies, ...optionalDependencies };
    for (const needed of [...Object.keys(all), ...peers]) take(path, needed);
  };
  for (const name of named()) take('', name);
  return stay;
}

/** Unused folders: binaries of other platforms, and a model with another license. */
function unused(): string[] {
  if (!existsSync(join(root, ONNX))) return [OTHER_MODEL];
  const systems = readdirSync(join(root, ONNX)).filter((name) => name !== process.platform);
  const own = join(ONNX, process.platform);
  const processors = readdirSync(join(root, own)).filter((name) => name !== process.arch);
  return [
    OTHER_MODEL,
    ...systems.map((name) => join(ONNX, name)),
    ...processors.map((name) => join(own, name)),
  ];
}

const stay = staying();
for (const path of Object.keys(packages).sort().reverse()) {
  // A nested package is handled separately.
  if (path && !stay.has(path)) rmSync(join(root, path), { recursive: true, force: true });
}
for (const path of unused()) rmSync(join(root, path), { recursive: true });
