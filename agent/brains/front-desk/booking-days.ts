// Days on which an appointment cannot be, why in words, and the next day on which it can.
import { sayClosed } from './answers';
import { addDays, daysBetween, weekdayOf } from './calendar';
import type { Person, Service } from './facts';
import { usualService } from './match';
import { sayDate, sayWeekday, sentence } from './say';
import { openOn } from './schedule';
import type { BookingForm, World } from './state';

export const personOf = (form: BookingForm, { practice }: World): Person | undefined =>
  practice.people.find(({ name }) => name === form.person);

export function serviceOf(form: BookingForm, world: World): Service {
  const { practice } = world;
  return (
    practice.services.find(({ name }) => name === form.service) ??
    usualService(practice, personOf(form, world))
  );
}

/** Why no appointment can be on that day, or undefined. */
export function obstacle(day: string, form: BookingForm, world: World): string | undefined {
  const { practice, clock } = world;
  const away = daysBetween(clock.day, day);
  if (away < 0) return `${sentence(sayDate(day, clock.day))} has already passed.`;
  if (away > practice.bookAheadDays) {
    return `I can only book up to ${practice.bookAheadDays} days ahead.`;
  }
  const spans = openOn(practice, day);
  if (spans.length === 0) return sayClosed(world, day);
  if (away === 0 && spans.every(({ to }) => to <= clock.minute + 15)) {
    return "We've closed for today.";
  }
  const person = personOf(form, world);
  const weekday = weekdayOf(day);
  if (person && !person.days.includes(weekday)) {
    return `${person.name} isn't in on ${sayWeekday(weekday)}s.`;
  }
  const service = serviceOf(form, world);
  const anyone = practice.people.some(
    (one) => one.days.includes(weekday) && one.services.includes(service.name),
  );
  return anyone ? undefined : `We don't do ${service.name}s on ${sayWeekday(weekday)}s.`;
}

/** The next day on which it can be. */
export function instead(day: string, form: BookingForm, world: World): string | undefined {
  const { clock, practice } = world;
  const late = daysBetween(clock.day, day) > practice.bookAheadDays;
  const first = day <= clock.day || late ? clock.day : day;
  for (let i = 1; i <= 28; i += 1) {
    if (!obstacle(addDays(first, i), form, world)) return addDays(first, i);
  }
  return undefined;
}
