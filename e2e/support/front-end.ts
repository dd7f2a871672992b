// Builds and opens the front end of `docs/front-ends.md`.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';

const DOCUMENT = 'docs/front-ends.md';

/** The code in the document. @throws if there is none */
async function codeInDocument(): Promise<string> {
  const code = /```tsx\n([\s\S]*?)```/.exec(await readFile(DOCUMENT, 'utf8'))?.[1];
  if (code === undefined) throw new Error(`${DOCUMENT} has no code`);
  return code;
}

/** Builds the front end. @returns its script and its number of lines */
export async function buildFrontEnd(): Promise<{
  readonly script: string;
  readonly lines: number;
}> {
  const code = await codeInDocument();
  const { outputFiles } = await build({
    stdin: { contents: code, loader: 'tsx', resolveDir: process.cwd() },
    bundle: true,
    write: false,
    minify: true,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return { script: outputFiles[0]?.text ?? '', lines: code.trim().split('\n').length };
}

/**
 * Runs the script instead of a page of the product, under that page's policy. Chromium does not let a page without a
 * network address, such as one fulfilled by the test, connect to this machine.
 */
export async function openFrontEnd(page: Page, web: string, script: string): Promise<void> {
  await page.route('**/_next/**', (route) => route.abort());
  await page.goto(new URL('/privacy', web).href);
  await page.evaluate(() => {
    document.body.innerHTML = '<main id="root"></main>';
  });
  await page.evaluate(script);
}
