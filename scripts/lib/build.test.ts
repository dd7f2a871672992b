import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { buildStamped, bundle, NODE_BUNDLE } from '@/scripts/lib/build';

/** A source file, and the file with its hash, which is its text. */
function project(source: string) {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stamp = join(folder, 'stamp');
  const file = join(folder, 'source');
  const save = (text: string) => writeFileSync(file, text);
  const read = () => readFileSync(file, 'utf8');
  save(source);
  return { stamp, save, read, stamped: () => readFileSync(stamp, 'utf8') };
}

it('a file that is saved during a build counts as changed', async () => {
  const { stamp, save, read, stamped } = project('first');
  await buildStamped(stamp, read, async () => {
    save('second');
    return false;
  });
  expect(stamped()).toBe('first');
});

it('a build that changes its own sources is repeated with them', async () => {
  const { stamp, save, read, stamped } = project('a');
  const built: string[] = [];
  await buildStamped(stamp, read, async () => {
    built.push(read());
    save('ab');
    return built.length === 1;
  });
  expect(built).toEqual(['a', 'ab']);
  expect(stamped()).toBe('ab');
});

it('a build that fails is not stored', async () => {
  const { stamp, read, stamped } = project('a');
  const failed = buildStamped(stamp, read, () => Promise.reject(new Error('no')));
  await expect(failed).rejects.toThrow('no');
  expect(stamped).toThrow('ENOENT');
});

/** A worker with agents, by file name; `bundleAll` builds them. */
function worker(agents: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'agent/agents'), { recursive: true });
  writeFileSync(join(folder, 'agent/main.ts'), "export const program = 'main';");
  writeFileSync(join(folder, 'agent/shared.ts'), 'export const shared = 1;');
  const files = Object.entries(agents).map(([name, source]) => {
    const file = `agent/agents/${name}.ts`;
    writeFileSync(join(folder, file), source);
    return file;
  });
  const built = join(folder, 'built');
  return {
    bundleAll: () =>
      bundle({
        ...{
          ...NODE_BUNDLE,
          packages: 'bundle',
          logLevel: 'silent',
          outbase: folder,
          splitting: true,
        },
        ...{ absWorkingDir: folder, outdir: built, entryPoints: ['agent/main.ts', ...files] },
      }),
    load: (path: string) => import(join(built, path)),
  };
}

it('an agent that cannot be bundled stops no other one, and its bundle says why', async () => {
  const { bundleAll, load } = worker({
    ann: "import { shared } from '../shared'; export default shared;",
    ben: 'export default {',
    cal: "import 'not-installed';",
    dan: "import { missing } from '../shared'; export default missing;",
  });
  await bundleAll();
  expect(await load('agent/main.js')).toMatchObject({ program: 'main' });
  expect((await load('agent/agents/ann.js')).default).toBe(1);
  await expect(load('agent/agents/ben.js')).rejects.toThrow(
    'agent/agents/ben.ts:1: Expected identifier',
  );
  await expect(load('agent/agents/cal.js')).rejects.toThrow('Could not resolve "not-installed"');
  await expect(load('agent/agents/dan.js')).rejects.toThrow('No matching export');
});

it('a worker that cannot be bundled is an error', async () => {
  const { bundleAll } = worker({ ann: '', '../main': 'export const' });
  await expect(bundleAll()).rejects.toThrow('agent/main.ts:1:12');
});
