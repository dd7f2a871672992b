// One running product for all browser tests that need nothing of their own.
import { rmSync } from 'node:fs';
import { productPorts } from '@/lib/testing/ports';
import { saveStack, TEST_DATA } from './stack';
import { start } from './start';

export default async function setup(): Promise<() => Promise<void>> {
  rmSync(TEST_DATA, { recursive: true, force: true });
  const started = await start({
    command: 'start',
    ports: await productPorts(),
    data: TEST_DATA,
    log: 'test-results/npm-start.log',
  });
  saveStack(started.stack);
  return () => started.end('SIGTERM');
}
