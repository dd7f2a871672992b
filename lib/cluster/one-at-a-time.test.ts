import { expect, it } from 'vitest';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { testServer } from '@/lib/testing/server';

const server = testServer();

/** Work that ends on demand, and a list of what has begun and ended. */
function work() {
  const log: string[] = [];
  const ends = new Map<string, (failed: boolean) => void>();
  const start = (key: string, name: string) =>
    oneAtATime(server, key, () => {
      log.push(`${name} begins`);
      return new Promise<string>((resolve, reject) => {
        ends.set(name, (failed) => (failed ? reject(new Error(name)) : resolve(name)));
      });
    });
  const end = async (name: string, failed = false) => {
    ends.get(name)?.(failed);
    await new Promise(setImmediate);
  };
  return { log, start, end };
}

it('waits for work with the same key, even if it fails, and for no other', async () => {
  const { log, start, end } = work();
  const first = start('room', 'first');
  const second = start('room', 'second');
  const third = start('room', 'third');
  const other = start('elsewhere', 'other');
  await end('');
  expect(log).toEqual(['first begins', 'other begins']);
  await Promise.all([expect(first).rejects.toThrow('first'), end('first', true)]);
  expect(log.at(-1)).toBe('second begins');
  await end('second');
  expect(log.at(-1)).toBe('third begins');
  await end('third');
  await end('other');
  expect(await Promise.all([second, third, other])).toEqual(['second', 'third', 'other']);
});
