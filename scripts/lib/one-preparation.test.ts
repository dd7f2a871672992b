import { expect, test } from 'vitest';
import { prepareAlone } from '@/scripts/lib/one-preparation';

test('two preparations run one after the other, also if the first fails', async () => {
  const order: string[] = [];
  let fail = () => {};
  const first = prepareAlone(async () => {
    order.push('first begins');
    await new Promise<never>((_, reject) => {
      fail = () => reject(new Error('no'));
    });
  });
  const second = prepareAlone(async () => order.push('second'));
  await expect.poll(() => order).toEqual(['first begins']);
  fail();
  await expect(first).rejects.toThrow('no');
  await second;
  expect(order).toEqual(['first begins', 'second']);
});
