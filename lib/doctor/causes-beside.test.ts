// Causes beside a worker that is well, caused for real: another name, another deployment, a token that is
// ignored, a worker that is stopped and killed. It has to be blamed for nothing until then.
import type { Room } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '@/lib/testing/ports';
import { joinAs } from '../testing/participant';
import { newProbeRoom } from './probe-room';
import { saidUntil, sendFor, verdict } from './testing/judge';
import { type DoctorStage, doctorStage, LIMIT_MS, type OddWorker } from './testing/stage';
import { examineRoom } from './why/why';

/** Milliseconds for a whole test. */
const TEST_MS = 5 * LIMIT_MS;

let stage: DoctorStage;
const callers: Room[] = [];
beforeAll(async () => {
  stage = await doctorStage();
}, TEST_MS);
afterAll(async () => {
  await Promise.all(callers.map((caller) => caller.disconnect()));
  await stage?.close();
}, TEST_MS);

describe('with a worker that is well', { timeout: TEST_MS }, () => {
  let worker: OddWorker;
  beforeAll(async () => {
    worker = stage.worker({ agent: 'well' });
    await worker.live();
  }, TEST_MS);

  it('is not blamed, and not called well before somebody is there', async () => {
    const room = await sendFor(stage, 'well');
    const said = await saidUntil(stage, room, 'there');
    expect(said.filter((one) => one !== 'on-its-way' && one !== 'there')).toEqual([]);
    await stage.livekit.rooms.deleteRoom(room);
  });

  it('upper and lower case', async () => {
    const { seen } = await verdict(stage, await sendFor(stage, 'WELL'), 'other-case');
    expect(seen).toContain('“well”');
  });

  it('a typing mistake', async () => {
    const { todo } = await verdict(stage, await sendFor(stage, 'wel'), 'no-worker');
    expect(todo).toContain('“well”');
  });

  it('another deployment', async () => {
    const { seen } = await verdict(
      stage,
      await sendFor(stage, 'well', 'staging'),
      'other-deployment',
    );
    expect(seen).toContain('It is on production');
  });

  it('production written out', async () => {
    await verdict(stage, await sendFor(stage, 'well', 'production'), 'named-production');
  });

  it('a deployment that the server refuses', async () => {
    for (const name of ['a_b', 'x'.repeat(65)]) {
      await verdict(stage, await sendFor(stage, 'well', name), 'deployment-refused');
    }
  });

  it('automatic dispatch, which no named worker gets', async () => {
    await verdict(stage, await sendFor(stage, ''), 'automatic-expected');
  });

  it('a name in the metadata of the room', async () => {
    await verdict(stage, await sendFor(stage, '', '', '{"agent":"well"}'), 'name-in-metadata');
  });

  it('a token whose agents are ignored, as the room was there', async () => {
    const room = await sendFor(stage, '');
    callers.push(await joinAs(stage.config, room, { identity: 'caller' }));
    const asked = { agent: 'well', deployment: '', at: Date.now() + 5_000 };
    expect((await examineRoom(stage.config, room, asked)).cause).toBe('token-ignored');
  });

  it('another secret, another key and another server on our side', async () => {
    const room = await sendFor(stage, 'well');
    const { config } = stage;
    const other = { ...config, LIVEKIT_API_SECRET: 'y'.repeat(40) };
    expect((await examineRoom(other, room)).cause).toBe('web-secret');
    const unknown = { ...config, LIVEKIT_API_KEY: 'APIother' };
    expect((await examineRoom(unknown, room)).cause).toBe('web-key');
    const away = { ...config, LIVEKIT_URL: `ws://127.0.0.1:${await freePort()}` };
    expect((await examineRoom(away, room)).cause).toBe('server-unreachable');
  });

  it('a room that nobody knows', async () => {
    expect((await examineRoom(stage.config, newProbeRoom())).cause).toBe('no-room');
  });

  it('a worker that is frozen', async () => {
    worker.signal('SIGSTOP');
    try {
      const { seen } = await verdict(stage, await sendFor(stage, 'well'), 'frozen');
      expect(seen).toContain(`w-${worker.pid}-odd`);
    } finally {
      worker.signal('SIGCONT');
    }
  });

  it('a worker that was killed', async () => {
    await worker.kill();
    await verdict(stage, await sendFor(stage, 'well'), 'worker-gone');
  });
});
