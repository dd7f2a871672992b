// Another site, on its own origin, whose page shows the bubble with the script tag of docs/embed.md.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stack } from '@/e2e/support/stack';

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
  const server = createServer((_, response) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page);
  });
  server.listen(0, listenOn);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://${name}:${port}/`, close: () => server.close() };
}
