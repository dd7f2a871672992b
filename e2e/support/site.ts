// Another site, on its own origin, whose page shows the bubble with the script tag of docs/embed.md.
import type { Stack } from '@/e2e/support/stack';
import { serveFetch } from '@/lib/testing/serve-routes';

interface Site {
  readonly url: string;
  close(): void;
}

/**
 * Serves the page.
 * @param name host name for browsers; must resolve to this machine, like `listenOn`
 * @param attributes of the script tag
 */
export async function openSite(
  stack: Stack,
  attributes: string,
  { name = 'localhost', listenOn = '127.0.0.1' } = {},
): Promise<Site> {
  const page = `<!doctype html><html lang="en"><title>Willow Street</title><h1>Willow Street</h1>
    <p>Our practice. <a href="#news">News</a></p>
    <script src="${stack.web}/embed.js" ${attributes} async></script></html>`;
  // What a strict site has to allow. (The tests' audio capture needs blob:.)
  const policy = `default-src 'none'; script-src ${stack.web} blob:; frame-src ${stack.web}`;
  const headers = {
    'content-security-policy': policy,
    'content-type': 'text/html; charset=utf-8',
  };
  const { url, close } = await serveFetch(() => new Response(page, { headers }), {
    hostname: listenOn,
  });
  return { url: `http://${name}:${new URL(url).port}/`, close };
}
