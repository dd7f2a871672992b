import type { WebhookEvent } from 'livekit-server-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import { Intake } from '@/lib/calls/webhooks/intake';
import { Problem } from '@/lib/core/problem';

const event = (id: string, room = 'r', name = 'room_started') =>
  ({
    id,
    event: name,
    createdAt: 1n,
    room: { name: room, sid: `${room}-1`, metadata: '' },
  }) as unknown as WebhookEvent;

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A handler whose work is pending until it is released. */
function held() {
  const begun: RoomEvent[] = [];
  const ends: (() => void)[] = [];
  const handle = (one: RoomEvent) => {
    begun.push(one);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const settle = async () => {
    for (let end = ends.shift(); end; end = ends.shift()) {
      end();
      await new Promise(setImmediate);
    }
  };
  return { begun, handle, settle };
}

describe('Intake', () => {
  it('handles each of 1,000 events in 100 rooms once, in order, and at most 16 rooms at once', async () => {
    const done: string[] = [];
    const running = new Set<string>();
    let most = 0;
    const kept = new Set<string>();
    const intake = new Intake(
      async ({ room }) => {
        expect(running.has(room.name)).toBe(false);
        running.add(room.name);
        most = Math.max(most, running.size);
        await new Promise(setImmediate);
        running.delete(room.name);
        done.push(room.sid);
      },
      (id) => Boolean(kept.add(id)),
    );
    const events = Array.from({ length: 1_000 }, (_, at) => {
      const one = event(`EV_${at}`, `room-${at % 100}`);
      return { ...one, room: { ...one.room, sid: `${at}` } } as unknown as WebhookEvent;
    });
    for (const one of [...events, ...events]) intake.take(one);
    await expect.poll(() => done).toHaveLength(1_000);
    expect(new Set(done).size).toBe(1_000);
    expect(kept.size).toBe(1_000);
    expect(most).toBe(16);
    const ofRoom7 = done.map(Number).filter((at) => at % 100 === 7);
    expect(ofRoom7).toEqual(ofRoom7.toSorted((a, b) => a - b));
  });

  it('accepts events while the work is pending, and refuses what it cannot remember', async () => {
    const { begun, handle, settle } = held();
    const intake = new Intake(handle, () => true, 3);
    for (const id of ['a', 'b', 'c', 'a']) intake.take(event(id));
    expect(() => intake.take(event('d'))).toThrow(Problem);
    // Ignored, so it does not count.
    intake.take(event('e', 'r', 'track_published'));
    await expect.poll(() => begun).toHaveLength(1);
    await settle();
    expect(begun).toHaveLength(3);
    intake.take(event('d'));
    await expect.poll(() => begun).toHaveLength(4);
  });

  it('refuses what cannot be stored, and processes it once', async () => {
    const handle = vi.fn(async () => {});
    const answers = [false, false, true, true];
    const keep = vi.fn(() => answers.shift() as boolean);
    const intake = new Intake(handle, keep);
    expect(() => intake.take(event('a'))).toThrow(Problem);
    expect(() => intake.take(event('a'))).toThrow(Problem);
    intake.take(event('a'));
    intake.take(event('a'));
    await new Promise(setImmediate);
    expect(handle).toHaveBeenCalledOnce();
    expect(keep).toHaveBeenCalledTimes(3);
  });

  it('logs failures without secrets, and continues', async () => {
    vi.stubEnv('LIVEKIT_API_SECRET', 'secret-secret');
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const handle = vi.fn().mockRejectedValueOnce(new Error('with secret-secret'));
    const intake = new Intake(handle, () => true);
    intake.take(event('a'));
    intake.take(event('b'));
    await expect.poll(() => handle).toHaveBeenCalledTimes(2);
    expect(log).toHaveBeenCalledOnce();
    expect(log.mock.calls[0]?.[0]).toMatch(/with \[secret\]/);
    vi.unstubAllEnvs();
  });
});
