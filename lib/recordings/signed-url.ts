// Presigned URLs of objects in S3-compatible storage: AWS Signature Version 4 in the query, which all such storage
// supports.
import { posix } from 'node:path';
import { AwsV4Signer } from 'aws4fetch';

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

/**
 * The presigned URL of an object.
 * @param at milliseconds since 1970
 * @param forSeconds validity in seconds, at most a week
 */
export async function signedUrl(
  method: 'GET' | 'HEAD' | 'DELETE',
  bucket: Bucket,
  key: string,
  at: number,
  forSeconds: number,
): Promise<string> {
  const { name, region, accessKey, secret, pathStyle } = bucket;
  const url = new URL(bucket.endpoint ?? `https://s3.${region}.amazonaws.com`);
  if (!pathStyle) url.hostname = `${name}.${url.hostname}`;
  url.pathname = posix.join(url.pathname, pathStyle ? name : '', key);
  url.searchParams.set('X-Amz-Expires', String(forSeconds));
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    accessKeyId: accessKey,
    secretAccessKey: secret,
    region,
    service: 's3',
    datetime: new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, ''),
    signQuery: true,
  });
  return (await signer.sign()).url.href;
}
