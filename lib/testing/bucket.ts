// S3-compatible storage for tests: keeps objects in memory and serves or deletes them by signed URL. The signatures
// themselves are tested elsewhere, with AWS's own example.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running storage server. */
export interface TestBucket {
  /** Its URL, for EGRESS_S3_ENDPOINT with path style. */
  readonly url: string;
  /** Objects by `bucket/key`. */
  readonly objects: Map<string, Buffer>;
  close(): Promise<void>;
}

export async function startBucket(): Promise<TestBucket> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://storage');
    const key = decodeURIComponent(pathname.slice(1));
    const object = objects.get(key);
    if (!/^[\da-f]{64}$/.test(searchParams.get('X-Amz-Signature') ?? '')) {
      response.writeHead(403).end();
    } else if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (!object) {
      response.writeHead(404).end();
    } else {
      const [, from, to] = request.headers.range?.match(/^bytes=(\d+)-(\d*)$/) ?? [];
      const end = to ? Number(to) + 1 : object.length;
      const part = from === undefined ? object : object.subarray(Number(from), end);
      response.writeHead(from === undefined ? 200 : 206, {
        'content-length': part.length,
        'accept-ranges': 'bytes',
        ...(from !== undefined && {
          'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${object.length}`,
        }),
      });
      response.end(request.method === 'HEAD' ? undefined : part);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
