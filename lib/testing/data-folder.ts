// The environment of each test file: a separate data folder, so that test calls do not appear among the developer's own,
// no proxy, and the umask of the process, which starting a part changes.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { withholdProxy } from '@/lib/core/outbound-proxy';

withholdProxy('ws://127.0.0.1');

// The LiveKit server stays where set-up installed it.
const server = resolve(process.env.DATA_DIR || '.callboard', 'bin', 'livekit-server');
if (existsSync(server)) process.env.LIVEKIT_SERVER_BIN ??= server;

const folder = mkdtempSync(join(tmpdir(), 'callboard-data-'));
process.env.DATA_DIR = folder;
const umask = process.umask();
afterAll(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});
