// An invitation admits one person, once, in time. A failed attempt does not use it up.

import { afterEach, expect, test, vi } from 'vitest';
import { appConfig } from '@/app-config';
import { deleteOldState } from '@/lib/cluster/shared-state';
import {
  findInvitation,
  INVITATION_MS,
  type Invitation,
  invite,
  redeem,
  usable,
} from '@/lib/dispatch/invitations';
import { testServer } from '@/lib/testing/server';

const server = testServer();

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const one: Invitation = { id: 'i', room: 'r', takeover: 'leave', expiresAt: 1_000, used: false };
const kind = (id: string, kept: readonly Invitation[], now: number) => {
  try {
    return usable(
      kept.find((each) => each.id === id),
      now,
    ).id;
  } catch (problem) {
    return (problem as { kind: string }).kind;
  }
};

test.each([
  ['in time', 'i', [one], 999, 'i'],
  ['at its expiry', 'i', [one], 1_000, 'invitation-expired'],
  ['used', 'i', [{ ...one, used: true }], 999, 'invitation-used'],
  ['used and expired', 'i', [{ ...one, used: true }], 9_999, 'invitation-used'],
  ['unknown', 'other', [one], 0, 'unknown-invitation'],
] as const)('%s', (_what, id, kept, now, expected) => {
  expect(kind(id, kept, now)).toBe(expected);
});

test('forgets an invitation after a day', async () => {
  vi.useFakeTimers();
  const { id } = await invite(server, 'room', 'leave');
  vi.advanceTimersByTime(24 * 3_600_000);
  await deleteOldState(server, Date.now());
  await expect(findInvitation(server, id)).rejects.toMatchObject({ kind: 'invitation-expired' });
  vi.advanceTimersByTime(1);
  await deleteOldState(server, Date.now());
  await expect(findInvitation(server, id)).rejects.toMatchObject({ kind: 'unknown-invitation' });
});

test('refuses everything if invitations are off in app-config.ts', async () => {
  const { id } = await invite(server, 'room', 'leave');
  const features = { ...appConfig.features, invitations: false };
  vi.spyOn(appConfig, 'features', 'get').mockReturnValue(features);
  const letIn = vi.fn();
  for (const use of [
    () => invite(server, 'room', 'leave'),
    () => findInvitation(server, id),
    () => redeem(server, id, letIn),
  ]) {
    await expect(use()).rejects.toMatchObject({ kind: 'feature-off' });
  }
  expect(letIn).not.toHaveBeenCalled();
});

test('uses random IDs that are valid for 15 minutes', async () => {
  vi.useFakeTimers();
  const made = await invite(server, 'room', 'stay');
  expect(made.id).toMatch(/^join-[\w-]{22}$/);
  expect((await invite(server, 'room', 'stay')).id).not.toBe(made.id);
  vi.advanceTimersByTime(INVITATION_MS - 1);
  expect(await findInvitation(server, made.id)).toEqual(made);
  vi.advanceTimersByTime(1);
  await expect(findInvitation(server, made.id)).rejects.toThrow(/15 minutes/);
});

test('admits one of two concurrent attempts', async () => {
  const { id } = await invite(server, 'room', 'leave');
  const came = await Promise.allSettled([
    redeem(server, id, async ({ room }) => room),
    redeem(server, id, async ({ room }) => room),
  ]);
  expect(came.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('is not used up by a failed attempt', async () => {
  const { id } = await invite(server, 'room', 'leave');
  const failing = redeem(server, id, async () => {
    throw new Error('no token');
  });
  await expect(failing).rejects.toThrow('no token');
  await expect(redeem(server, id, async ({ room }) => room)).resolves.toBe('room');
});
