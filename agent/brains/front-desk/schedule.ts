// Which times are free: opening hours, who works when, what is booked. Pure, so that every rule of
// the diary can be told by a test; reading and writing it is the desk store's.
import { addDays, type Clock, daysBetween, weekdayOf } from './calendar';
import type { Person, Practice, Service, Span } from './facts';
import type { Offer } from './state';

/** An appointment that takes a person's time. */
export interface Taken {
  readonly day: string;
  readonly minute: number;
  readonly minutes: number;
  readonly person: string;
}

/** Minutes between the times that are offered. */
const GRID = 15;
/** How soon an appointment can be, in minutes from now: one has to get there. */
const NOTICE = 15;
/** Days searched for another time when a day has none. */
export const SEARCH_DAYS = 28;

/** The day's opening hours; empty where it is closed. */
export function openOn(practice: Practice, day: string): readonly Span[] {
  const closed = practice.closedOn.some(({ date }) => date === day);
  return closed ? [] : practice.hours[weekdayOf(day)];
}

/** What is looked for in the diary. */
export interface Wish {
  readonly day: string;
  readonly at?: number;
  readonly after?: number;
  readonly before?: number;
  readonly service: Service;
  readonly person?: Person;
}

function workers(practice: Practice, { service, person }: Wish, day: string): Person[] {
  const weekday = weekdayOf(day);
  return practice.people.filter(
    (one) =>
      (!person || one.name === person.name) &&
      one.days.includes(weekday) &&
      one.services.includes(service.name),
  );
}

/** Every free time of that day within the wish's limits, with the first person who is free. */
export function freeOn(
  practice: Practice,
  taken: readonly Taken[],
  now: Clock,
  wish: Wish,
  day: string,
): Offer[] {
  const { service, after = 0, before = 1_440 } = wish;
  const away = daysBetween(now.day, day);
  if (away < 0 || away > practice.bookAheadDays) return [];
  const earliest = away === 0 ? now.minute + NOTICE : 0;
  const staff = workers(practice, wish, day);
  const today = taken.filter((one) => one.day === day);
  const offers: Offer[] = [];
  for (const { from, to } of openOn(practice, day)) {
    for (let minute = from; minute + service.minutes <= to; minute += GRID) {
      if (minute < Math.max(after, earliest) || minute >= before) continue;
      const person = staff.find((one) =>
        today.every(
          (busy) =>
            busy.person !== one.name ||
            busy.minute + busy.minutes <= minute ||
            busy.minute >= minute + service.minutes,
        ),
      );
      if (person) offers.push({ day, minute, person: person.name });
    }
  }
  return offers;
}

/** Up to `count` of them: the nearest to a time, or spread over the day. */
function pick(offers: readonly Offer[], count: number, near?: number): Offer[] {
  if (offers.length <= count) return [...offers];
  if (near !== undefined) {
    return [...offers]
      .sort((a, b) => Math.abs(a.minute - near) - Math.abs(b.minute - near))
      .slice(0, count)
      .sort((a, b) => a.minute - b.minute);
  }
  // Full and half hours are easier to take in by ear.
  const round = offers.filter(({ minute }) => minute % 30 === 0);
  const from = round.length >= count ? round : offers;
  const step = (from.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => from[Math.round(i * step)]).filter(
    (offer): offer is Offer => offer !== undefined,
  );
}

/** What the diary answers to a wish: the time itself if free, else the nearest there are. */
export function search(
  practice: Practice,
  taken: readonly Taken[],
  now: Clock,
  wish: Wish,
  count = 3,
): { exact: boolean; free: Offer[] } {
  const { at, day } = wish;
  const open: Wish = { ...wish, after: undefined, before: undefined };
  if (at !== undefined) {
    const offers = freeOn(practice, taken, now, open, day);
    const hit = offers.find((offer) => offer.minute === at);
    if (hit) return { exact: true, free: [hit] };
    if (offers.length > 0) return { exact: false, free: pick(offers, count, at) };
  } else {
    for (const limits of [wish, open]) {
      const offers = freeOn(practice, taken, now, limits, day);
      if (offers.length === 0) continue;
      const { after = 0, before } = wish;
      const near = limits === wish ? undefined : (before ?? after);
      return { exact: limits === wish, free: pick(offers, count, near) };
    }
  }
  const behind = Math.max(0, daysBetween(day, now.day));
  for (let i = 0; i <= SEARCH_DAYS; i += 1) {
    const offers = freeOn(practice, taken, now, open, addDays(day, behind + i));
    if (offers.length > 0) return { exact: false, free: pick(offers, count, at) };
  }
  return { exact: false, free: [] };
}
