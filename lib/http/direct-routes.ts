// Routes that are answered before Next.js sees the request, because its router and its streams take as long as all the rest
// of a token (docs/performance.md). They are the same route files, with the headers that `next.config.ts` gives their paths;
// its redirects and `proxy.ts` are for pages.
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { getRequestListener, RequestError } from '@hono/node-server';
import { Problem, problemResponse, toProblem } from '@/lib/core/problem';
import type { ROUTE_METHODS } from '@/lib/http/refused-requests';

/** The exports of a route file. */
type RouteFile = Readonly<
  Record<(typeof ROUTE_METHODS)[number], (request: Request) => Promise<Response>>
>;

/** A rule of `headers` in `next.config.ts`, as Next.js writes it into the build. */
interface HeaderRule {
  /** Of the paths. */
  readonly regex: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  /** Headers that a request must have. */
  readonly has?: readonly { readonly key: string; readonly value: string }[];
}

/** The rules of the build in the current folder. @throws {Error} if there is no build */
export function builtHeaders(): readonly HeaderRule[] {
  const manifest = join(/* turbopackIgnore: true */ process.cwd(), '.next/routes-manifest.json');
  return JSON.parse(readFileSync(manifest, 'utf8')).headers;
}

/**
 * Listeners for the requests to these paths, whatever their query.
 * @param files route files by path, without parameters
 * @param rules see {@link builtHeaders}
 */
export const directRoutes = (
  files: Readonly<Record<string, RouteFile>>,
  rules: readonly HeaderRule[],
): ReadonlyMap<string, RequestListener> =>
  new Map(
    Object.entries(files).map(([path, file]) => {
      const own = rules.filter(({ regex }) => new RegExp(regex).test(path));
      return [path, listenerOf(file, own)];
    }),
  );

function listenerOf(file: RouteFile, rules: readonly HeaderRule[]): RequestListener {
  const answer = getRequestListener((request) => file[request.method as keyof RouteFile](request), {
    // For requests of HTTP/1.0, which may have none.
    hostname: 'localhost',
    overrideGlobalObjects: false,
    // Routes answer their own errors, so this is about the header Host, of which a request's URL is made.
    errorHandler: (error) =>
      problemResponse(
        error instanceof RequestError
          ? new Problem('invalid-request', 'The header Host is invalid.')
          : toProblem(error),
      ),
  });
  return (request, response) => {
    for (const { headers, has = [] } of rules) {
      if (has.some(({ key, value }) => request.headers[key] !== value)) continue;
      for (const { key, value } of headers) response.setHeader(key, value);
    }
    void answer(request, response);
  };
}
