import { expect, it } from 'vitest';
import { readOptions } from './options';

it('has sensible defaults', () => {
  expect(readOptions(['hours'])).toMatchObject({
    ...{ names: ['hours'], deployments: ['production'], times: 1, atOnce: 2, url: undefined },
  });
  expect(readOptions(['--help'])).toBeUndefined();
});

it('accepts two different deployments', () => {
  const of = (text: string) => readOptions(['--deployment', text])?.deployments;
  expect(of('staging')).toEqual(['staging']);
  expect(of('production, staging')).toEqual(['production', 'staging']);
  expect(of('staging,staging')).toEqual(['staging']);
});

it.each([
  [['--deployment', 'one,two,three'], /--deployment takes one name, or two/],
  [['--deployment', 'not_one'], /--deployment takes/],
  [['--deployment', 'one,'], /--deployment takes/],
  [['--times', '0'], /--times takes a number from 1 to 100/],
  [['--at-once', '50'], /--at-once takes a number from 1 to 20/],
  [['--url', 'my-project'], /--url takes the address/],
])('%j is refused in words', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
