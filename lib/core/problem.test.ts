// Problems are recognized when they come from another bundle of the same code.
import { expect, test, vi } from 'vitest';
import { ConfigError } from '@/lib/core/config';
import { Problem, toProblem } from '@/lib/core/problem';

test('problems and config errors of another bundle are recognized', async () => {
  vi.resetModules();
  const other = { ...(await import('@/lib/core/problem')), ...(await import('@/lib/core/config')) };
  expect(other.Problem).not.toBe(Problem);
  const away = new other.Problem('database-unavailable', 'It is away.');
  expect(toProblem(away)).toBe(away);
  expect(toProblem(new other.ConfigError(['PORT is wrong'])).kind).toBe('not-configured');
  expect(toProblem(new ConfigError([])).kind).toBe('not-configured');
});

test('other errors reveal nothing to the client', () => {
  for (const error of [new Error('secret'), new TypeError('secret'), 'secret', undefined]) {
    expect(toProblem(error)).toMatchObject({ kind: 'internal' });
    expect(toProblem(error).detail).not.toContain('secret');
  }
});
