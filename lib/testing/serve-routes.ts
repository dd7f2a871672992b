// Serves route files over real HTTP for tests: they are plain Request to Response functions, so they
// need a socket and no framework. Addresses with brackets are matched and decoded as Next does it.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Handler } from '@/lib/auth/route';

/** A server on a loopback port. */
export interface TestServer {
  /** Its address, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

type Files = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The exported handlers of each path, `/api/rooms/[room]`, as one function. */
export function handlerOf(files: Files): (request: Request) => Response | Promise<Response> {
  // The path as it came: a part is decoded once, after the path was cut into parts.
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname });
  for (const [path, file] of Object.entries(files)) {
    app.all(
      path.replaceAll(/\[\.\.\.(\w+)\]/g, ':$1{.+}').replaceAll(/\[(\w+)\]/g, ':$1'),
      ({ req }) => {
        const handler = file[req.raw.method] as Handler | undefined;
        const params = Promise.resolve(req.param());
        return handler?.(req.raw, { params }) ?? new Response(null, { status: 404 });
      },
    );
  }
  return (request) => app.fetch(request);
}

/**
 * Serves each path's exported handlers.
 * @param port a free one unless it is given
 */
export async function serveRoutes(files: Files, port = 0): Promise<TestServer> {
  const fetch = handlerOf(files);
  const server = await new Promise<ServerType>((resolve) => {
    const options = { fetch, port, hostname: '127.0.0.1' };
    const starting = serve({ ...options, overrideGlobalObjects: false }, () => resolve(starting));
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
