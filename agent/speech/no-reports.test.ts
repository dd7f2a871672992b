// The speech server sends no telemetry: ONNX Runtime would first store it in files.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runFile } from '@/lib/testing/bundled';

test('leaves no identifier and no telemetry file anywhere', async () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  // Like a user's machine: ONNX Runtime disables telemetry when it detects CI.
  const child = await runFile('agent/speech/server.ts', [], {
    HOME: home,
    TMPDIR: home,
    DATA_DIR: join(home, 'data'),
    SPEECH_PORT: '0',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  // Both models have run by then.
  for await (const line of child.stdout) if (String(line).includes('ready')) break;
  child.kill();
  await new Promise((ended) => child.once('exit', ended));
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});
