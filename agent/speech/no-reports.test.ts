// The speech server tells nobody of its use: what ONNX Runtime would send, it keeps in files first.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runFile } from '@/lib/testing/bundled';

test('leaves no identifier and no report anywhere', async () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  // As on a user's machine: ONNX Runtime is silent by itself where it sees that this is CI.
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
