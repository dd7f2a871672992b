// Calls recorded by LiveKit Egress to S3-compatible storage: played through the web process, and deleted
// with their call or by age.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deleteOld } from '@/lib/calls/store/retention';
import { server } from '@/lib/server';
import { type EgressStage, openEgressStage } from '@/lib/testing/egress-stage';
import { freePort } from '@/lib/testing/ports';
import { WEBHOOK_PATH } from '@/lib/testing/webhook';

const SOUND = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 251));

let stage: EgressStage;
beforeAll(async () => {
  stage = await openEgressStage(async () => ({
    [WEBHOOK_PATH]: await import('@/app/api/webhooks/livekit/route'),
    '/api/calls/[id]': await import('@/app/api/calls/[id]/route'),
    '/api/calls/[id]/recordings/[n]': await import('@/app/api/calls/[id]/recordings/[n]/route'),
  }));
});
afterEach(() => stage.afterEach());
afterAll(() => stage?.close());

const settings = () => ({
  EGRESS_S3_BUCKET: 'sounds',
  EGRESS_S3_ACCESS_KEY: 'access',
  EGRESS_S3_SECRET: 'a-secret-of-the-bucket',
  EGRESS_S3_REGION: 'eu-1',
  EGRESS_S3_ENDPOINT: stage.bucket.url,
});

/** A call whose recording is in the bucket. Returns its key. */
async function recorded(call: string): Promise<string> {
  await stage.inCall(call);
  await expect.poll(() => stage.whatIn(call, 'recording')).toHaveLength(1);
  const [output] = stage.egress.asked.at(-1)?.fileOutputs ?? [];
  const { forcePathStyle, endpoint, ...s3 } = output?.s3 ?? {};
  expect([forcePathStyle, endpoint]).toEqual([true, stage.bucket.url]);
  const secret = 'a-secret-of-the-bucket';
  expect(s3).toEqual({ bucket: 'sounds', accessKey: 'access', secret, region: 'eu-1' });
  const key = `sounds/${output?.filepath}`;
  stage.bucket.objects.set(key, SOUND);
  await stage.egress.complete(`room-${call}`, SOUND, `${stage.bucket.url}/${key}`);
  await expect.poll(() => stage.whatIn(call, 'recording')).toHaveLength(2);
  return key;
}

test('is served in ranges by the web process, and deleted with the call', async () => {
  await stage.start(settings());
  const key = await recorded('c-bucket');
  expect(key).toMatch(/^sounds\/recordings\/c-bucket\/RM_\w+\.ogg$/);
  const part = await stage.ask('c-bucket/recordings/0', { headers: { range: 'bytes=990-' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 990-999/1000']);
  expect(part.headers.get('content-type')).toBe('audio/ogg');
  expect(Buffer.from(await part.arrayBuffer())).toEqual(SOUND.subarray(990));
  expect((await stage.ask('c-bucket', { method: 'DELETE' })).status).toBe(204);
  expect(stage.bucket.objects.has(key)).toBe(false);
});

test('keeps the call if storage is unavailable; without settings, says where the recording is', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  await stage.start({ ...settings(), EGRESS_S3_ENDPOINT: nobody });
  await stage.inCall('c-away');
  await expect.poll(() => stage.whatIn('c-away', 'recording')).toHaveLength(1);
  const location = 'https://storage.example/sounds/x.ogg';
  await stage.egress.complete('room-c-away', SOUND, location);
  await expect.poll(() => stage.whatIn('c-away', 'recording')).toHaveLength(2);
  expect((await stage.ask('c-away/recordings/0')).status).toBe(503);
  expect((await stage.ask('c-away', { method: 'DELETE' })).status).toBe(500);
  expect((await stage.ask('c-away')).status).toBe(200);
  await stage.start();
  const gone = await stage.ask('c-away/recordings/0');
  expect([gone.status, (await gone.json()).detail]).toEqual([
    404,
    `The recording is stored elsewhere: ${location}`,
  ]);
  const answer = await stage.ask('c-away', { method: 'DELETE' });
  expect(await answer.json()).toMatchObject({ not_deleted: [{ location }] });
});

test('is deleted when it is old, without its call', async () => {
  await stage.start(settings());
  const key = await recorded('c-old');
  const later = Date.now() + 31 * 86_400_000;
  await deleteOld(server(), later);
  expect(stage.bucket.objects.has(key)).toBe(false);
  expect((await stage.store().readTimeline(server(), 'c-old'))?.call.room).toBe('room-c-old');
  const [, ended] = await stage.whatIn('c-old', 'recording');
  expect(ended?.expiredAt).toBe(later);
});
