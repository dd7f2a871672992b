// Simulations from the command line, as far as no speech has to be understood: they use the real speech engines. A
// complete simulation on the page is in `speech/`.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rooms, type Stack } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';
import { outputOf } from '@/lib/testing/processes';

const running: ChildProcess[] = [];
// Calls of a failed test do not affect the next one.
test.afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGTERM');
});

/** Runs the program under one of its names. */
function run(script: string, { web }: Stack, args: readonly string[]) {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    env: { ...process.env, CALLBOARD_URL: web },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  // Wait for all output.
  const code = once(child, 'close').then(([number]) => number as number | null);
  return { child, code, said: outputOf(child) };
}

const simulate = (stack: Stack, ...args: string[]) => run('simulate', stack, args);

/** Arguments for a folder with one scenario, `caller`, whose caller only waits for some seconds. */
function caller(wait: number): string[] {
  const folder = join(test.info().outputPath('simulations'), 'own');
  mkdirSync(folder, { recursive: true });
  const scenario = { title: 'Only waits', agent: 'front-desk', talk: [{ wait }] };
  writeFileSync(join(folder, 'caller.jsonc'), JSON.stringify(scenario));
  return ['--folder', folder];
}

test('the command line lists scenarios under its old name too, reports a wrong name, and runs one', async ({
  stack,
}) => {
  const waits = simulate(stack, 'caller', ...caller(1));
  const list = run('rehearse', stack, ['--list']);
  expect(await list.code).toBe(0);
  expect(list.said()).toContain('npm run rehearse is now npm run simulate.');
  expect(list.said()).toMatch(/^\S+ +basic +front-desk +\S/m);
  const wrong = simulate(stack, 'no-such-scenario');
  expect(await wrong.code).toBe(2);
  expect(wrong.said()).toContain('Unknown scenario no-such-scenario. Valid names: ');

  expect(await waits.code, waits.said()).toBe(0);
  expect(waits.said()).toContain('1 passed');
});

test('Ctrl-C stops a simulation and ends its call', async ({ stack }) => {
  const names = async () => (await rooms(stack).listRooms()).map(({ name }) => name);
  const others = await names();
  const waits = simulate(stack, 'caller', ...caller(60));
  const isOwn = async (name: string) =>
    (await rooms(stack).listParticipants(name)).some((one) => one.name.startsWith('Simulation: '));
  let own: string | undefined;
  const seen = async () => {
    for (const name of await names()) {
      if (!others.includes(name) && (await isOwn(name).catch(() => false))) own = name;
    }
    return own;
  };
  await expect.poll(seen, { timeout: 60_000 }).toBeDefined();
  waits.child.kill('SIGINT');
  expect(await waits.code, waits.said()).toBe(130);
  expect(waits.said()).toContain('1 stopped');
  // A job that was just starting recreates the room, sees that the call has ended, and deletes it.
  await expect.poll(names).not.toContain(own);
});
