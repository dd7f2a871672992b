// Calls whose end was never reported are closed in time, and no others.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredEvent } from '@/lib/calls/event';
import { server } from '@/lib/server';
import { eventAt, T0, usualCall } from '@/lib/testing/call-events';
import { storeOn } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { endServer } from '@/lib/testing/server';

/** An event without its arrival, which the store adds. */
const sent = ({ arrivedAt: _, ...event }: StoredEvent) => event;

describe('lost calls', () => {
  let place: Awaited<ReturnType<typeof testDatabase>>;
  let store: Awaited<ReturnType<typeof storeOn>>;

  beforeEach(async () => {
    place = await testDatabase();
    store = await storeOn(place);
    await store.storeEvents(server(), usualCall().slice(0, 8).map(sent), T0 + 1_000);
  });
  afterEach(async () => {
    await endServer();
    await place?.remove();
  });

  const call = async () => (await store.readTimeline(server(), 'c1'))?.call;
  const none = new Set<string>();

  it('are closed once they have been silent, and reopened if they were not lost', async () => {
    await store.closeLostCalls(server(), none, T0 + 60_000);
    await store.closeLostCalls(server(), new Set(['RM_1']), T0 + 70_000);
    expect((await call())?.endedAt).toBeUndefined();
    await store.closeLostCalls(server(), none, T0 + 70_000);
    expect(await call()).toMatchObject({ endedBy: 'lost', endedAt: T0 + 900 });
    const back = eventAt('agent_joined', 80_000, {
      ...{ identity: 'a-2', agent: 'front-desk', deployment: 'production' },
    });
    await store.storeEvents(server(), [sent(back)], T0 + 80_000);
    expect((await call())?.endedAt).toBeUndefined();
    await store.closeLostCalls(server(), none, T0 + 150_000);
    expect(await call()).toMatchObject({ endedBy: 'lost', endedAt: T0 + 80_000 });
  });

  it('are closed at once if their last event is from before this process started', async () => {
    await store.closeLostCalls(server(), none, T0 + 2_000, T0 + 1_000);
    await store.closeLostCalls(server(), new Set(['RM_1']), T0 + 2_000, T0 + 1_001);
    expect((await call())?.endedAt).toBeUndefined();
    await store.closeLostCalls(server(), none, T0 + 2_000, T0 + 1_001);
    expect((await call())?.endedAt).toBe(T0 + 900);
  });
});
