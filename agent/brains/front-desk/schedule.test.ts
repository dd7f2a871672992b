import { expect, test } from 'vitest';
import { clock, practice } from '../testing/practice';
import { freeOn, search } from './schedule';

const [service] = practice.services;
if (!service) throw new Error('no service');

test('free times keep to the hours, the notice and who is in', () => {
  const today = freeOn(practice, [], clock, { day: clock.day, service }, clock.day);
  expect(today[0]?.minute).toBe(615);
  expect(today.at(-1)?.minute).toBe(1_005);
  expect(freeOn(practice, [], clock, { day: '', service }, '2026-11-22')).toEqual([]);
  expect(freeOn(practice, [], clock, { day: '', service }, '2026-12-25')).toEqual([]);
  expect(freeOn(practice, [], clock, { day: '', service }, '2026-11-19')).toEqual([]);
});

test('where two doctors are in, the second takes the time that the first has not', () => {
  const taken = [{ day: '2026-11-27', minute: 870, minutes: 15, person: 'Doctor Lee' }];
  const asked = { day: '2026-11-27', at: 870, service };
  expect(search(practice, taken, clock, asked).free[0]?.person).toBe('Doctor Osei');
  const lee = practice.people[0];
  const refused = search(practice, taken, clock, { ...asked, person: lee });
  expect(refused.exact).toBe(false);
  expect(refused.free.map(({ minute }) => minute)).toEqual([840, 855, 885]);
});
