// Days that are named by a holiday of the facts: "Christmas", "Christmas Eve", "the Monday after
// Christmas". Only closures are known, so the word counts from one of them.
import { addDays, type Clock, WEEKDAYS, weekdayOf } from './calendar';
import type { Practice } from './facts';
import { plain } from './words';

/** The day, or the first to look at, and what is left of the text. */
export interface HolidayWish {
  readonly day?: string;
  readonly from?: string;
  readonly rest: string;
}

/** "christmas day" → "christmas", "new year's day" → "new year". */
const stemOf = (why: string) => plain(why).replace(/(?:'s)?(?: day)?$/, '');

/** Finds a holiday in plain text; undefined where none is named. */
export function readHoliday(
  text: string,
  { closedOn }: Practice,
  clock: Clock,
): HolidayWish | undefined {
  for (const { date, why } of closedOn) {
    const named = new RegExp(
      `\\b(?:(?:the )?(${WEEKDAYS.join('|')}) )?(after |before )?${stemOf(why)}(?:'s)?( eve)?(?: day)?\\b`,
    ).exec(text);
    if (!named || date < clock.day) continue;
    const [whole, weekday, side, eve] = named;
    const rest = text.replace(whole, ' ').replace(/\s+/g, ' ').trim();
    const step = side === 'before ' ? -1 : 1;
    const day = eve ? addDays(date, -1) : date;
    if (!side) return { day, rest };
    if (!weekday)
      return step > 0 ? { from: addDays(day, 1), rest } : { day: addDays(day, -1), rest };
    let near = addDays(day, step);
    while (weekdayOf(near) !== weekday) near = addDays(near, step);
    return { day: near, rest };
  }
  return undefined;
}
