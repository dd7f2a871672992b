// Builds and opens the front ends of `docs/front-ends.md`.
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { codeIn } from '@/lib/testing/docs';
import { serveFetch } from '@/lib/testing/serve-routes';

/** Builds the front end in this language. @returns its script and its number of lines */
export async function buildFrontEnd(language: 'tsx' | 'js'): Promise<{
  readonly script: string;
  readonly lines: number;
}> {
  const [code = ''] = codeIn('front-ends.md', language);
  const { outputFiles } = await build({
    stdin: { contents: code, loader: language, resolveDir: process.cwd() },
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

/** Serves a page with a button and this script, on an origin of its own. @returns how to stop it */
export async function servePage(
  { hostname, port }: URL,
  script: string,
): Promise<() => Promise<void>> {
  const page = '<!doctype html><button>Call</button><script type="module" src="/main.js"></script>';
  const app = new Hono();
  app.get('/main.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript' }));
  app.get('*', (c) => c.html(page));
  const { close } = await serveFetch(app.fetch, { port: Number(port), hostname });
  return close;
}
