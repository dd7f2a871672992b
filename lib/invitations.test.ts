// An invitation lets one person in, once, in time; whatever goes wrong on the way does not use it up.
import { afterEach, expect, test, vi } from 'vitest';
import {
  findInvitation,
  INVITATION_MS,
  type Invitation,
  invite,
  redeem,
  usable,
  withInvitation,
} from './invitations';

afterEach(() => vi.useRealTimers());

const one: Invitation = { id: 'i', room: 'r', takeover: 'leave', expiresAt: 1_000, used: false };
const kind = (id: string, kept: readonly Invitation[], now: number) => {
  try {
    return usable(new Map(kept.map((each) => [each.id, each])), id, now).id;
  } catch (problem) {
    return (problem as { kind: string }).kind;
  }
};

test.each([
  ['in time', 'i', [one], 999, 'i'],
  ['at its end', 'i', [one], 1_000, 'invitation-expired'],
  ['used', 'i', [{ ...one, used: true }], 999, 'invitation-used'],
  ['used, and expired by now', 'i', [{ ...one, used: true }], 9_999, 'invitation-used'],
  ['unknown', 'other', [one], 0, 'unknown-invitation'],
] as const)('%s', (_what, id, kept, now, expected) => {
  expect(kind(id, kept, now)).toBe(expected);
});

test('a day after its end it is forgotten', () => {
  const day = 24 * 3_600_000;
  const next = { ...one, id: 'next' };
  expect(withInvitation(new Map([['i', one]]), next, 999 + day).size).toBe(2);
  expect([...withInvitation(new Map([['i', one]]), next, 1_000 + day).keys()]).toEqual(['next']);
});

test('ids cannot be guessed, and hold for 15 minutes', () => {
  vi.useFakeTimers();
  const made = invite('room', 'stay');
  expect(made.id).toMatch(/^join-[\w-]{22}$/);
  expect(invite('room', 'stay').id).not.toBe(made.id);
  vi.advanceTimersByTime(INVITATION_MS - 1);
  expect(findInvitation(made.id)).toEqual(made);
  vi.advanceTimersByTime(1);
  expect(() => findInvitation(made.id)).toThrow(/15 minutes/);
});

test('of two at once one comes in', async () => {
  const { id } = invite('room', 'leave');
  const came = await Promise.allSettled([
    redeem(id, async ({ room }) => room),
    redeem(id, async ({ room }) => room),
  ]);
  expect(came.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('what fails on the way does not use it up', async () => {
  const { id } = invite('room', 'leave');
  const failing = redeem(id, async () => {
    throw new Error('no token');
  });
  await expect(failing).rejects.toThrow('no token');
  await expect(redeem(id, async ({ room }) => room)).resolves.toBe('room');
});
