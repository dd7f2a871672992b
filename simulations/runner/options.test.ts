import { expect, it, onTestFinished, vi } from 'vitest';
import { readOptions } from '@/simulations/runner/options';

it('has sensible defaults', () => {
  expect(readOptions(['hours'])).toMatchObject({
    ...{ names: ['hours'], deployments: ['production'], times: 1, atOnce: 2, list: false },
  });
});

it('reads what the page starts it with', () => {
  const args = ['--deployment=staging', '--times=3', '--at-once=4', '--session=s', '--', 'hours'];
  expect(readOptions(args)).toMatchObject({
    ...{ names: ['hours'], deployments: ['staging'], times: 3, atOnce: 4, session: 's' },
  });
});

it('accepts two different deployments', () => {
  const of = (text: string) => readOptions(['--deployment', text]).deployments;
  expect(of('staging')).toEqual(['staging']);
  expect(of('production, staging')).toEqual(['production', 'staging']);
  expect(of('staging,staging')).toEqual(['staging']);
});

it.each([
  [['--deployment', 'one,two,three'], /--deployment .*It must be one name, or two/],
  [['--deployment', 'not one'], /--deployment .*It must be one name/],
  [['--deployment', 'one,'], /--deployment .*It must be one name/],
  [['--times', '0'], /--times .*from 1 to 100/],
  [['--at-once', '50'], /--at-once .*from 1 to 20/],
  [['--url', 'my-project'], /--url .*the address/],
])('%j is refused in words', (args, message) => {
  onTestFinished(() => void vi.restoreAllMocks());
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  expect(() => readOptions(args)).toThrow('exit 2');
  expect(said.mock.calls.join('')).toMatch(message);
});
