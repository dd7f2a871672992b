import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameInParam, nameInSegment, pathSegment } from '@/lib/core/path-segment';
import { ODD_NAMES } from '@/lib/testing/fuzz';

const inUrl = (name: string) => {
  const url = new URL(`/api/callers/${pathSegment(name)}/export`, 'http://localhost');
  const [, , , segment = '', ...rest] = url.pathname.split('/');
  return [nameInSegment(decodeURIComponent(segment)), ...rest];
};

it.each(ODD_NAMES)('a URL keeps the name %j', (name) =>
  expect(inUrl(name)).toEqual([name, 'export']),
);

it('a URL keeps any name', () => {
  const names = fc.oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.stringMatching(/^[~.]{1,5}$/),
  );
  fc.assert(fc.property(names, (name) => inUrl(name)[0] === name));
});

it.each([
  ['ada%20b', 'ada b'],
  ['~..', '..'],
  ['%E0%A4%A', '%E0%A4%A'],
  ['100%', '100%'],
])('a page takes its parameter %j for %j', (param, name) => expect(nameInParam(param)).toBe(name));
