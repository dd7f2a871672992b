// Layout and error page import the same style sheets in the same order, and so share one file.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const styleSheets = (file: string) =>
  readFileSync(`app/${file}`, 'utf8').match(/^import '.*css';$/gm);

it('is one style sheet', () => {
  expect(styleSheets('layout.tsx')).toHaveLength(4);
  expect(styleSheets('global-error.tsx')).toEqual(styleSheets('layout.tsx'));
});
