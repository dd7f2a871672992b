// Presigned URLs of objects in S3-compatible storage: AWS Signature Version 4 in the query, which all such storage
// supports. Pure, and without a client library of 1 MB.
import { createHash, createHmac } from 'node:crypto';

/** A bucket and its credentials. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** URL of the storage; AWS if omitted. */
  readonly endpoint?: string | undefined;
  readonly accessKey: string;
  readonly secret: string;
  /** Whether the bucket is the first part of the path rather than of the host name. */
  readonly pathStyle: boolean;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();
/** Percent-encodes everything but RFC 3986's unreserved characters. */
const percentEncoded = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * The presigned URL of an object.
 * @param at milliseconds since 1970
 * @param forSeconds validity in seconds, at most a week
 */
export function signedUrl(
  method: 'GET' | 'HEAD' | 'DELETE',
  bucket: Bucket,
  key: string,
  at: number,
  forSeconds: number,
): string {
  const { name, region, accessKey, secret, pathStyle } = bucket;
  const base = new URL(bucket.endpoint ?? `https://s3.${region}.amazonaws.com`);
  const host = pathStyle ? base.host : `${name}.${base.host}`;
  const parts = [...base.pathname.split('/'), ...(pathStyle ? [name] : []), ...key.split('/')];
  const path = `/${parts
    .filter((part) => part !== '')
    .map(percentEncoded)
    .join('/')}`;
  const time = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), region, 's3', 'aws4_request'];
  const query = [
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', [accessKey, ...scope].join('/')],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(forSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([field = '', value = '']) => `${field}=${percentEncoded(value)}`)
    .join('&');
  const request = [method, path, query, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const hash = createHash('sha256').update(request).digest('hex');
  const toSign = [ALGORITHM, time, scope.join('/'), hash].join('\n');
  const key4 = scope.reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${secret}`);
  const signature = hmac(key4, toSign).toString('hex');
  return `${base.protocol}//${host}${path}?${query}&X-Amz-Signature=${signature}`;
}
