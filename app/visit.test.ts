// Each page checks its visitor: a forgotten check would show the page to anybody.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PAGES } from '@/lib/auth/pages';

const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|\/)page\.tsx$/.test(file),
);
const pathOf = (file: string) => `/${file.replace(/\/?page\.tsx$/, '')}`;

it('has a permission for each page, and no others', () => {
  expect(Object.keys(PAGES).sort()).toEqual(files.map(pathOf).sort());
});

it.each(files)('%s looks whether its visitor may see it', (file) => {
  expect(readFileSync(`app/${file}`, 'utf8')).toContain(`await visit('${pathOf(file)}'`);
});
