// Uses a fake of GitHub's releases on loopback, with the same file names and failures.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRecordingProxy } from '@/lib/testing/recording-proxy';
import { serveFetch, type TestServer } from '@/lib/testing/serve-routes';
import type { Env } from '@/scripts/lib/environment';
import {
  archiveName,
  buildFor,
  findServer,
  getServer as getFrom,
  isAtLeast,
  LIVEKIT_VERSION,
} from '@/scripts/lib/livekit-server';
import type { Say } from '@/scripts/lib/terminal';

const build = buildFor(process.platform, process.arch);
const says = (version: string) => `#!/bin/sh\necho "livekit-server version ${version}"\n`;
let dir: string;
let web: TestServer | undefined;
let releases: string;
let checksums: Record<string, string>;

const getServer = (settings: Env, say: Say = () => {}) =>
  getFrom(settings, say, { releases, checksums });

/** Serves a release with an archive of a tiny script, or with another archive. */
async function serveRelease(version = LIVEKIT_VERSION, other?: string): Promise<Env> {
  const source = join(dir, 'release');
  mkdirSync(source);
  writeFileSync(join(source, 'livekit-server'), says(version), { mode: 0o755 });
  execFileSync('tar', ['-czf', join(dir, 'a.tar.gz'), '-C', source, 'livekit-server']);
  const bytes = readFileSync(join(dir, 'a.tar.gz'));
  checksums = { [build ?? '']: createHash('sha256').update(bytes).digest('hex') };
  web = await serveFetch(({ url }) => {
    const found = url.endsWith(`/v${LIVEKIT_VERSION}/${archiveName(build ?? 'amd64')}`);
    return new Response(other ?? bytes, { status: found ? 200 : 404 });
  });
  releases = web.url;
  return env();
}

/** An environment with the system's tools but without Go and livekit-server. */
function env(): Env {
  const bin = join(dir, 'bin');
  mkdirSync(bin, { recursive: true });
  return { PATH: bin, DATA_DIR: join(dir, 'data') };
}

function putOnPath(name: string, script: string): string {
  const file = join(dir, 'bin', name);
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return file;
}

const kept = () => (existsSync(join(dir, 'data/bin')) ? readdirSync(join(dir, 'data/bin')) : []);

beforeEach(() => {
  // Nothing listens there.
  releases = 'http://127.0.0.1:18799';
  dir = mkdtempSync(join(tmpdir(), 'callboard-get-'));
});
afterEach(async () => {
  await web?.close();
  web = undefined;
  rmSync(dir, { recursive: true, force: true });
});

it('knows the archives that LiveKit publishes', () => {
  expect(archiveName('amd64')).toBe(`livekit_${LIVEKIT_VERSION}_linux_amd64.tar.gz`);
  expect(buildFor('linux', 'x64')).toBe('amd64');
  expect(buildFor('linux', 'arm64')).toBe('arm64');
  expect(buildFor('darwin', 'arm64')).toBeUndefined();
  expect(buildFor('linux', 'riscv64')).toBeUndefined();
});

describe.runIf(build)('the official release', () => {
  it('is downloaded, verified and installed', async () => {
    const said: string[] = [];
    const settings = await serveRelease();
    expect(await getServer(settings, (text) => said.push(text))).toBe('the official release');
    expect(kept()).toEqual(['livekit-server']);
    expect(statSync(join(dir, 'data/bin/livekit-server')).mode & 0o111).toBe(0o111);
    expect(said.at(-1)).toMatch(/^100 % of /);
    expect((await findServer(settings)).file).toBe(join(dir, 'data/bin/livekit-server'));
  });

  it('is downloaded through the proxy of the environment', async () => {
    const settings = await serveRelease();
    const proxy = await startRecordingProxy();
    vi.stubEnv('http_proxy', proxy.url.replace('http://', ''));
    await getServer(settings);
    vi.stubEnv('http_proxy', 'http://pro xy');
    await expect(getServer(settings)).rejects.toThrow(/proxy of npm is not a URL such as/);
    vi.unstubAllEnvs();
    proxy.close();
    expect(proxy.asked).toEqual([expect.stringContaining(new URL(releases).host)]);
  });

  it('is not used if its checksum does not match', async () => {
    const settings = await serveRelease(LIVEKIT_VERSION, 'something else');
    await expect(getServer(settings)).rejects.toThrow(/does not have the expected SHA-256/);
    expect(kept()).toEqual([]);
  });

  it('is not kept if it has another version', async () => {
    const settings = await serveRelease('1.0.0');
    await expect(getServer(settings)).rejects.toThrow(/does not run here/);
    expect(kept()).toEqual([]);
  });

  it('is replaced by a build with Go if it cannot be reached', async () => {
    const settings = env();
    const script = `#!/bin/sh\nprintf '%s' '${says(LIVEKIT_VERSION)}' > "$GOBIN/server"\nchmod +x "$GOBIN/server"\n`;
    putOnPath('go', script);
    expect(await getServer(settings)).toBe('Go');
    expect(kept()).toEqual(['livekit-server']);
  });

  it('and no Go: one message lists the three ways', async () => {
    mkdirSync(join(dir, 'data/bin/.making-left'), { recursive: true });
    const message = await getServer(env()).catch((error: Error) => error.message);
    expect(message).toMatch(/official release: .*ECONNREFUSED/);
    expect(message).toMatch(/Go: it is not on PATH/);
    for (const way of [1, 2, 3]) expect(message).toContain(`\n  ${way}. `);
    expect(kept()).toEqual([]);
  });
});

describe('an installed server', () => {
  it('on PATH is used, with a note if it is newer', async () => {
    const settings = env();
    const file = putOnPath('livekit-server', says(LIVEKIT_VERSION));
    expect(await findServer(settings)).toEqual({ file, note: undefined });
    putOnPath('livekit-server', says('1.99.0'));
    expect(await findServer(settings)).toEqual({ file, note: expect.stringContaining('1.99.0') });
  });

  it('on PATH is not used if it is older, with a note', async () => {
    const settings = env();
    putOnPath('livekit-server', says('1.4.2'));
    expect(await findServer(settings)).toEqual({ note: expect.stringContaining('1.4.2') });
  });

  it('in LIVEKIT_SERVER_BIN takes precedence, and must run', async () => {
    const settings = env();
    const file = putOnPath('mine', says('1.13.9'));
    expect((await findServer({ ...settings, LIVEKIT_SERVER_BIN: file })).file).toBe(file);
    const broken = { ...settings, LIVEKIT_SERVER_BIN: join(dir, 'absent') };
    await expect(findServer(broken)).rejects.toThrow(/LIVEKIT_SERVER_BIN is .*absent/);
  });

  it('is compared numerically, within a major version', () => {
    expect(isAtLeast('1.13.5', '1.13.5')).toBe(true);
    expect(isAtLeast('1.13.10', '1.13.5')).toBe(true);
    expect(isAtLeast('1.9.9', '1.13.5')).toBe(false);
    expect(isAtLeast('2.0.0', '1.13.5')).toBe(false);
  });
});
