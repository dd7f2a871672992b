// Uses the example in AWS's documentation, "Authenticating Requests: Using Query Parameters".
import { expect, test } from 'vitest';
import { type Bucket, signedUrl } from '@/lib/recordings/signed-url';

const example: Bucket = {
  name: 'examplebucket',
  region: 'us-east-1',
  endpoint: 'https://s3.amazonaws.com',
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  pathStyle: false,
};
const AT = Date.UTC(2013, 4, 24);

test('the signature matches the AWS example', async () => {
  const url = new URL(await signedUrl('GET', example, 'test.txt', AT, 86_400));
  expect(url.origin + url.pathname).toBe('https://examplebucket.s3.amazonaws.com/test.txt');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
    'X-Amz-Date': '20130524T000000Z',
    'X-Amz-Expires': '86400',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  });
});

test.each([
  [{}, 'https://examplebucket.s3.amazonaws.com/a%20b/c.ogg'],
  [{ pathStyle: true }, 'https://s3.amazonaws.com/examplebucket/a%20b/c.ogg'],
  [
    { endpoint: undefined, region: 'eu-1' },
    'https://examplebucket.s3.eu-1.amazonaws.com/a%20b/c.ogg',
  ],
  [
    { endpoint: 'http://127.0.0.1:9000/s3/', pathStyle: true },
    'http://127.0.0.1:9000/s3/examplebucket/a%20b/c.ogg',
  ],
])('the URL of the object with %j', async (changed, expected) => {
  const url = new URL(await signedUrl('GET', { ...example, ...changed }, 'a b/c.ogg', AT, 60));
  expect(url.origin + url.pathname).toBe(expected);
});

test('the signature depends on method, key, time and secret', async () => {
  const urls = await Promise.all([
    signedUrl('GET', example, 'a', AT, 60),
    signedUrl('DELETE', example, 'a', AT, 60),
    signedUrl('GET', example, 'b', AT, 60),
    signedUrl('GET', example, 'a', AT + 1_000, 60),
    signedUrl('GET', { ...example, secret: 'x' }, 'a', AT, 60),
  ]);
  const signatures = urls.map((url) => new URL(url).searchParams.get('X-Amz-Signature'));
  expect(new Set(signatures).size).toBe(5);
});
