// Calls recorded by LiveKit Egress to a folder, from the agent's joining to the deletion; and those
// for which Egress cannot start, including the real server's refusal.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { server } from '@/lib/server';
import { type EgressStage, openEgressStage } from '@/lib/testing/egress-stage';
import { joinAsAgent } from '@/lib/testing/participant';
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

describe('into a folder', () => {
  test('starts once with the agent, is shown in the room, recorded in events, played and deleted', async () => {
    const folder = join(stage.place.folder, 'recordings');
    await stage.start();
    const before = stage.egress.asked.length;
    const caller = await stage.inCall('c-folder');
    await expect.poll(() => stage.whatIn('c-folder', 'recording')).toHaveLength(1);
    const asked = stage.egress.asked.slice(before);
    expect(asked).toMatchObject([
      {
        roomName: 'room-c-folder',
        audioOnly: true,
        audioMixing: 'DUAL_CHANNEL_AGENT',
        fileOutputs: [{ fileType: 'OGG', disableManifest: true }],
      },
    ]);
    const path = asked[0]?.fileOutputs[0]?.filepath ?? '';
    expect(path).toMatch(new RegExp(`^${folder}/c-folder/RM_\\w+\\.ogg$`));
    // What the caller's page shows.
    await expect.poll(() => caller.isRecording).toBe(true);

    // A second agent starts no second recording; the first ends with the room.
    stage.keep(await joinAsAgent(stage.server.env, 'room-c-folder', 'billing', 'production'));
    await expect.poll(() => stage.whatIn('c-folder', 'agent_joined')).toHaveLength(2);
    await stage.egress.complete('room-c-folder', SOUND);
    await expect.poll(() => stage.whatIn('c-folder', 'recording')).toHaveLength(2);
    expect(stage.egress.asked.slice(before)).toHaveLength(1);
    await expect.poll(() => caller.isRecording).toBe(false);
    const [begun, ended] = await stage.whatIn('c-folder', 'recording');
    expect(begun).toMatchObject({ file: path.slice(folder.length + 1), channels: 2 });
    expect(begun?.endedAt).toBeUndefined();
    expect(ended).toMatchObject({ ...begun, location: path });
    expect((ended?.endedAt ?? 0) - (ended?.startedAt ?? 0)).toBe(2_500);

    const sound = await stage.ask('c-folder/recordings/0', { headers: { range: 'bytes=10-19' } });
    expect([sound.status, sound.headers.get('content-type')]).toEqual([206, 'audio/ogg']);
    expect(Buffer.from(await sound.arrayBuffer())).toEqual(SOUND.subarray(10, 20));
    expect((await stage.ask('c-folder', { method: 'DELETE' })).status).toBe(204);
    expect(existsSync(path)).toBe(false);
  });

  test('on another machine: deletes the call, and names the files that remain', async () => {
    const elsewhere = join(stage.place.folder, 'elsewhere');
    await stage.start({ EGRESS_FOLDER: elsewhere });
    await stage.inCall('c-other');
    await expect.poll(() => stage.whatIn('c-other', 'recording')).toHaveLength(1);
    await stage.egress.complete('room-c-other', SOUND);
    await expect.poll(() => stage.whatIn('c-other', 'recording')).toHaveLength(2);
    const path = stage.egress.asked.at(-1)?.fileOutputs[0]?.filepath ?? '';
    expect(path).toMatch(new RegExp(`^${elsewhere}/c-other/`));
    expect((await stage.ask('c-other/recordings/0')).status).toBe(404);
    const answer = await stage.ask('c-other', { method: 'DELETE' });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { not_deleted: [{ file: path.slice(elsewhere.length + 1), location: path }] },
    ]);
    expect((await stage.ask('c-other')).status).toBe(404);
  });

  test('ended after its call was deleted: deletes its file, and recreates no call', async () => {
    await stage.start();
    await stage.inCall('c-late');
    await expect.poll(() => stage.whatIn('c-late', 'recording')).toHaveLength(1);
    await stage.store().deleteCall(server(), 'c-late');
    await stage.egress.complete('room-c-late', SOUND);
    const path = stage.egress.asked.at(-1)?.fileOutputs[0]?.filepath ?? '';
    await expect.poll(() => existsSync(path)).toBe(false);
    expect(await stage.store().readTimeline(server(), 'c-late')).toBeUndefined();
    const { calls } = await stage.store().listCalls(server());
    expect(calls.map(({ room }) => room)).not.toContain('room-c-late');
  });
});

describe('that cannot start', () => {
  const errorsIn = async (call: string) =>
    (await stage.whatIn(call, 'error')).map(({ where, message }) => `${where}: ${message}`);

  test('a LiveKit server without Redis: recorded in the call, which continues', async () => {
    await stage.start({ LIVEKIT_URL: stage.server.env.LIVEKIT_URL });
    await stage.inCall('c-none');
    await expect
      .poll(() => errorsIn('c-none'))
      .toEqual([
        expect.stringMatching(
          /^recording: The call is not recorded: .*egress not connected.*RECORD_CALLS=on/i,
        ),
      ]);
    const timeline = await stage.store().readTimeline(server(), 'c-none');
    expect(timeline?.call).toMatchObject({ endedAt: undefined, errors: 1 });
    expect(await stage.whatIn('c-none', 'recording')).toEqual([]);
  });

  test('an Egress that is full, and one that fails in the middle', async () => {
    await stage.start();
    stage.egress.refuse({ status: 503, code: 'unavailable', msg: 'no response from servers' });
    await stage.inCall('c-full');
    await expect
      .poll(() => errorsIn('c-full'))
      .toEqual([expect.stringContaining('(no response from servers)')]);
    stage.egress.refuse(undefined);
    // The next agent tries again.
    stage.keep(await joinAsAgent(stage.server.env, 'room-c-full', 'billing', 'production'));
    await expect.poll(() => stage.whatIn('c-full', 'recording')).toHaveLength(1);
    await stage.egress.fail('room-c-full', 'pipeline frozen');
    await expect
      .poll(() => errorsIn('c-full'))
      .toContain('recording: LiveKit’s Egress failed: pipeline frozen');
  });
});
