// Ids that nobody can guess: each is used once, however many there are.
import { expect, it } from 'vitest';
import { unguessable } from '@/lib/core/ids';

it('makes ids with 128 random bits, all of them different', () => {
  const ids = Array.from({ length: 1_000 }, () => unguessable('c'));
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^c-[\w-]{22}$/);
});
