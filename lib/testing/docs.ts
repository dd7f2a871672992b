// The code blocks of the docs, which tests check or run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The blocks of a language in a page of `docs/`. */
export const codeIn = (page: string, language: string): string[] =>
  [
    ...readFileSync(join('docs', page), 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'),
    ),
  ].map(([, block = '']) => block);
