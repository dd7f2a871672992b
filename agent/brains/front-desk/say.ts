// How times, days, lists and facts are put into spoken English. One place, because it must read
// well on screen and sound right from a simple synthesiser at once.
import { daysBetween, partsOf, WEEKDAYS, type Weekday, weekdayOf } from './calendar';
import type { Practice, Span } from './facts';

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty'];

function number(n: number): string {
  if (n < 20) return SMALL[n] ?? String(n);
  const unit = n % 10;
  return (TENS[Math.floor(n / 10)] ?? String(n)) + (unit ? ` ${SMALL[unit]}` : '');
}

const hourWord = (hour: number) => number(((hour + 11) % 12) + 1);

/** "nine o'clock", "half past two", "quarter to nine", "ten twenty", "noon". */
export function sayTime(minute: number): string {
  const hour = Math.floor(minute / 60);
  const rest = minute % 60;
  if (rest === 0) return hour === 12 ? 'noon' : `${hourWord(hour)} o'clock`;
  if (rest === 15) return `quarter past ${hourWord(hour)}`;
  if (rest === 30) return `half past ${hourWord(hour)}`;
  if (rest === 45) return `quarter to ${hourWord(hour + 1)}`;
  return `${hourWord(hour)} ${rest < 10 ? `oh ${number(rest)}` : number(rest)}`;
}

function ordinal(n: number): string {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${tail}`;
}

export const sayWeekday = (day: Weekday) => day[0]?.toUpperCase() + day.slice(1);

/** "today", "tomorrow", "Friday the 27th", with the month where it is another one. */
export function sayDay(day: string, today: string): string {
  const away = daysBetween(today, day);
  if (away === 0) return 'today';
  if (away === 1) return 'tomorrow';
  return sayDate(day, today);
}

/** "Friday the 27th", "Tuesday the 1st of December". */
export function sayDate(day: string, today: string): string {
  const { date, month } = partsOf(day);
  const text = `${sayWeekday(weekdayOf(day))} the ${ordinal(date)}`;
  return today && month === partsOf(today).month ? text : `${text} of ${month}`;
}

/** A day with "on" where English wants it. */
export function onDay(day: string, today: string): string {
  const text = sayDay(day, today);
  return text === 'today' || text === 'tomorrow' ? text : `on ${text}`;
}

/** "a, b or c". */
export function list(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** Offered times: "nine o'clock, noon or half past two". */
export function sayOffers(offers: readonly { readonly minute: number }[]): string {
  return list(
    offers.map(({ minute }) => sayTime(minute)),
    'or',
  );
}

/** "from half past eight to six o'clock". */
export function saySpans(spans: readonly Span[]): string {
  return list(
    spans.map(({ from, to }) => `from ${sayTime(from).replace(" o'clock", '')} to ${sayTime(to)}`),
  );
}

/** The week's hours with equal days together, a sentence each for open and closed. */
export function sayWeek(hours: Practice['hours']): string[] {
  const groups: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const day of WEEKDAYS) {
    const text = saySpans(hours[day]);
    const group = groups.at(-1);
    if (group && group.text === text) group.last = day;
    else groups.push({ first: day, last: day, text });
  }
  const name = (group: { first: Weekday; last: Weekday }) =>
    group.first === group.last
      ? sayWeekday(group.first)
      : `${sayWeekday(group.first)} to ${sayWeekday(group.last)}`;
  const open = groups.filter((group) => group.text !== '');
  const closed = groups.filter((group) => group.text === '');
  const said = [`We're open ${list(open.map((group) => `${name(group)} ${group.text}`))}.`];
  if (closed.length > 0) said.push(`We are closed on ${list(closed.map(name))}.`);
  return said;
}

/** "a blood test", "an X-ray". */
export function aThing(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** Digits one by one, in the groups they were written in: "5 5 5, 0 1 4 2". */
export function sayPhone(phone: string): string {
  return (phone.match(/\d+/g) ?? []).map((group) => [...group].join(' ')).join(', ');
}

/** The first letter large, as a sentence begins. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
