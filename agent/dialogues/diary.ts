// The diary as a dialogue finds it: with what callers booked before.
import { MemoryDesk } from '@/lib/testing/memory-desk';
import { fromTime } from '../brains/front-desk/calendar';
import { usualService } from '../brains/front-desk/match';
import { practice } from '../brains/testing/practice';
import type { Dialogue } from './script';

/** @throws {Error} where two of them cannot be in one diary, or with nobody who is there */
export async function diaryOf({ booked, title }: Pick<Dialogue, 'booked' | 'title'>) {
  const desk = new MemoryDesk();
  for (const { day, time, name, person } of booked) {
    const who = practice.people.find((one) => one.name === person);
    const { name: service, minutes } = usualService(practice, who);
    const minute = fromTime(time);
    const slot = minute === undefined ? undefined : { day, minute, minutes, service, name };
    const people = who ? [who.name] : [];
    const zone = practice.timeZone ?? 'UTC';
    const made = slot && (await desk.book({ ...slot, person, people, zone }));
    if (!made) throw new Error(`"${title}": ${name} cannot be in the diary with ${person}.`);
  }
  return desk;
}
