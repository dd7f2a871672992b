// The running product that all tests of an invocation share. Its speech is fake, for speed and exactness; the
// project `speech` gets the real engines, and `full` starts what it needs by itself.
import { rmSync } from 'node:fs';
import type { FullConfig } from '@playwright/test';
import { startFakeSpeech } from '@/agent/testing/fake-speech';
import { startLetta } from '@/lib/letta/testing/letta-server';
import { productPorts } from '@/lib/testing/ports';
import { tellCalls } from './sample-calls';
import { saveStack, speechOf, TEST_DATA } from './stack';
import { start } from './start';

/** Milliseconds since the sample calls: they are over, and were this hour. */
const AGO_MS = 10 * 60_000;
/** In `sampleCall`. */
const ADA = 0;
const FRANK = 2;

export default async function setup({ metadata }: FullConfig): Promise<() => Promise<void>> {
  rmSync(TEST_DATA, { recursive: true, force: true });
  if (metadata.project === 'full') return async () => {};
  const fake = metadata.project === 'speech' ? undefined : await startFakeSpeech();
  const speech = fake?.url.replace('/v1', '');
  const letta = await startLetta();
  letta.add('Max');
  letta.add('Sam');
  const started = await start({
    command: 'start',
    ports: await productPorts(),
    data: TEST_DATA,
    log: 'test-results/npm-start.log',
    settings: {
      LETTA_URL: letta.url,
      ...(speech && speechOf({ speech })),
    },
  });
  const stack = { ...started.stack, ...(speech && { speech }) };
  saveStack(stack);
  // So that the pages have something to show. Not of Milo: his figures are for the test of rollouts.
  const at = Date.now() - AGO_MS;
  await tellCalls(stack, [1, 2, 3, 4, 5, 6], at, { agent: ADA, ending: 'caller' });
  await tellCalls(stack, [7, 8], at, { agent: FRANK, deployment: 'staging', ending: 'agent' });
  return async () => {
    await started.end('SIGTERM');
    await Promise.all([letta.close(), fake?.close()]);
  };
}
