// A data folder of its own for each test file: what tests tell of calls is not to stand among the calls
// of whoever runs them.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

// The real LiveKit server stays where set-up put it.
const server = resolve(process.env.DATA_DIR || '.callboard', 'bin', 'livekit-server');
if (existsSync(server)) process.env.LIVEKIT_SERVER_BIN ??= server;

const folder = mkdtempSync(join(tmpdir(), 'callboard-data-'));
process.env.DATA_DIR = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
