// Serves functions from Request to Response over real HTTP for tests: those of a test, and route files. Path parameters are
// matched and decoded as in Next.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { mapValues } from 'es-toolkit';
import { Hono } from 'hono';
import type { Handler } from '@/lib/auth/route';

/** A server on a loopback port. */
export interface TestServer {
  /** Its URL, without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

type Files = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Combines the exported handlers by path, such as `/api/rooms/[room]`, into one function. */
function handlerOf(files: Files): (request: Request) => Response | Promise<Response> {
  // Splits the raw path before decoding, so that each segment is decoded once.
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname });
  for (const [path, file] of Object.entries(files)) {
    app.all(
      path.replaceAll(/\[\.\.\.(\w+)\]/g, ':$1{.+}').replaceAll(/\[(\w+)\]/g, ':$1'),
      ({ req }) => {
        const handler = file[req.raw.method] as Handler | undefined;
        const params = mapValues(req.param() as Record<string, string>, (value, name) =>
          path.includes(`[...${name}]`) ? value.split('/') : value,
        );
        return (
          handler?.(req.raw, { params: Promise.resolve(params) }) ??
          new Response(null, { status: 404 })
        );
      },
    );
  }
  return (request) => app.fetch(request);
}

/**
 * Serves requests.
 * @param port a free port by default
 */
export async function serveFetch(
  fetch: (request: Request) => Response | Promise<Response>,
  { port = 0, hostname = '127.0.0.1' } = {},
): Promise<TestServer> {
  const server = await new Promise<ServerType>((resolve) => {
    const options = { fetch, port, hostname, overrideGlobalObjects: false };
    const starting = serve(options, () => resolve(starting));
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://${hostname}:${own}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Serves the exported handlers of each path.
 * @param port a free port by default
 */
export const serveRoutes = (files: Files, port?: number): Promise<TestServer> =>
  serveFetch(handlerOf(files), { port });
