// S3-compatible storage for tests: keeps objects in memory and serves or deletes them by signed URL. The signatures
// themselves are tested elsewhere, with AWS's own example.
import { serveFetch } from '@/lib/testing/serve-routes';

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
  const { url, close } = await serveFetch((request) => {
    const { pathname, searchParams } = new URL(request.url);
    const key = decodeURIComponent(pathname.slice(1));
    const object = objects.get(key);
    if (!/^[\da-f]{64}$/.test(searchParams.get('X-Amz-Signature') ?? '')) {
      return new Response(null, { status: 403 });
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return new Response(null, { status: 204 });
    }
    if (!object) return new Response(null, { status: 404 });
    const [, from, to] = request.headers.get('range')?.match(/^bytes=(\d+)-(\d*)$/) ?? [];
    const part = object.subarray(Number(from ?? 0), to ? Number(to) + 1 : object.length);
    const headers = {
      'content-length': `${part.length}`,
      'accept-ranges': 'bytes',
      ...(from !== undefined && {
        'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${object.length}`,
      }),
    };
    const body = request.method === 'HEAD' ? null : new Uint8Array(part);
    return new Response(body, { status: from === undefined ? 200 : 206, headers });
  });
  return { url, objects, close };
}
