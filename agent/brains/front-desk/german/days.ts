// Finds the day in plain German from which the times are taken out: `chrono-node` reads dates with
// a month and spans ("in 2 wochen"), the rest here is what callers say round the days of the week.
import * as chrono from 'chrono-node/de';
import {
  addDays,
  type Clock,
  firstOfNextMonth,
  nextDateOfMonth,
  toTime,
  WEEKDAYS,
  weekdayOf,
} from '../calendar';
import type { Practice } from '../facts';
import { closureWords } from './facts';

/** The day a caller named. */
interface DayWish {
  /** ISO date; may lie in the past. */
  readonly day?: string;
  /** No day but a first one: "nächste Woche", "so bald wie möglich". */
  readonly from?: string;
  readonly rest: string;
}

const NAMES: Readonly<Record<string, number>> = {
  ...{ montag: 0, dienstag: 1, mittwoch: 2, donnerstag: 3, freitag: 4, samstag: 5, sonntag: 6 },
  ...{ sonnabend: 5 },
};
const NAME = `(${Object.keys(NAMES).join('|')})s?`;
const MONTHS =
  'januar februar maerz april mai juni juli august september oktober november dezember'.split(' ');

/** The next such weekday after today. */
function next(today: string, name = ''): string {
  let day = addDays(today, 1);
  while (weekdayOf(day) !== WEEKDAYS[NAMES[name] ?? 0]) day = addDays(day, 1);
  return day;
}
/** That weekday of the week so many weeks from now. */
const ofWeek = (today: string, weeks: number, name = 'montag') =>
  addDays(next(today, 'montag'), 7 * (weeks - 1) + (NAMES[name] ?? 0));

const NEXT = '(?:naechste[rsnm]?|kommende[rsnm]?)';
type Rule = readonly [
  RegExp,
  (match: RegExpExecArray, today: string) => { day?: string; from?: string },
];

const RULES: readonly Rule[] = [
  [
    /\b(?:sofort|so (?:bald|schnell|frueh) (?:wie|als) (?:moeglich|es geht)|schnellstmoeglich|moeglichst (?:bald|schnell)|(?:naechst|frueh(?:e|est)?)(?:st)?moeglich\w*|(?:de[rn]|die|das) (?:naechste[rsn]?|fruehe?ste[rsn]?) (?:freie[rsn]?|moegliche[rsn]?|termin)(?: termin)?)\b/,
    (_, today) => ({ from: today }),
  ],
  [/\buebermorgen\b/, (_, today) => ({ day: addDays(today, 2) })],
  [/\bvorgestern\b/, (_, today) => ({ day: addDays(today, -2) })],
  [/\bgestern\b/, (_, today) => ({ day: addDays(today, -1) })],
  [/\bmorgen in (?:einer|1) woche\b/, (_, today) => ({ day: addDays(today, 8) })],
  [
    new RegExp(`\\b${NAME} in (einer|\\d) wochen?\\b`),
    (m, today) => ({ day: addDays(next(today, m[1]), m[2] === 'einer' ? 7 : 7 * Number(m[2])) }),
  ],
  // "In acht Tagen" is a week in German.
  [/\b(?:heute )?in (?:einer woche|1 woche|8 tagen)\b/, (_, today) => ({ day: addDays(today, 7) })],
  [
    new RegExp(`\\buebernaechste[rsnm]? (?:woche )?(?:am )?${NAME}\\b`),
    (m, today) => ({
      day: m[0].includes('woche') ? ofWeek(today, 2, m[1]) : addDays(next(today, m[1]), 7),
    }),
  ],
  [
    new RegExp(`\\b${NEXT} woche (?:am )?${NAME}\\b|\\b${NAME} (?:in der )?${NEXT} woche\\b`),
    (m, today) => ({ day: ofWeek(today, 1, m[1] ?? m[2]) }),
  ],
  [
    new RegExp(`\\bende (?:der )?(${NEXT}|dieser) woche\\b|\\bende der woche\\b`),
    (m, today) => ({ day: ofWeek(today, m[1]?.startsWith('dies') || !m[1] ? 0 : 1, 'freitag') }),
  ],
  [
    /\b(?:mitte (?:der|naechster|dieser) woche)\b/,
    (_, today) => ({ day: next(today, 'mittwoch') }),
  ],
  [/\buebernaechste[rn]? woche\b/, (_, today) => ({ from: ofWeek(today, 2) })],
  [new RegExp(`\\b(?:anfang )?${NEXT} woche\\b`), (_, today) => ({ from: ofWeek(today, 1) })],
  [
    new RegExp(`\\b(?:${NEXT} monat|anfang ${NEXT} monats)\\b`),
    (_, today) => ({ from: firstOfNextMonth(today) }),
  ],
  [
    /\b(?:irgendwann|irgendein(?:en|em)? tag|egal wann|diese woche)\b/,
    (_, today) => ({ from: today }),
  ],
  [
    new RegExp(
      `(?:\\b${NAME}(?: de[rmn])? |\\b(?:am|zum|(?:der|den|dem)(?! [1-3]\\.)) |^)(\\d{1,2})\\.(?!\\d| ?(?:${MONTHS.join('|')}))(?! (?:termin|woche))`,
    ),
    (m, today) => ({ day: nextDateOfMonth(today, Number(m[2])) }),
  ],
];

const cut = (text: string, found: string) =>
  text
    .replace(found, ' ')
    .replace(/\b(?:am|fuer|bis|ab|den|der|dem) *(?=$)/, '')
    .replace(/\s+/g, ' ')
    .trim();

/** "Weihnachten", "Heiligabend", "nach Neujahr": counted from the closures of the facts. */
function holiday(text: string, practice: Practice, clock: Clock): DayWish | undefined {
  for (const { date, why } of practice.closedOn) {
    if (date < clock.day) continue;
    const { words, eve } = closureWords(why);
    const evening = eve.find((word) => text.includes(word));
    if (evening) return { day: addDays(date, -1), rest: cut(text, evening) };
    const word = words.find((one) => new RegExp(`\\b${one}\\b`).test(text));
    if (!word) continue;
    const rest = cut(text, word);
    if (new RegExp(`\\bnach (?:dem )?${word}`).test(text)) return { from: addDays(date, 1), rest };
    return { day: new RegExp(`\\bvor ${word}`).test(text) ? addDays(date, -1) : date, rest };
  }
  return undefined;
}

/** Finds a day in plain text. */
export function readDay(text: string, practice: Practice, clock: Clock): DayWish {
  const named = holiday(text, practice, clock);
  if (named) return named;
  const today = clock.day;
  for (const [pattern, value] of RULES) {
    const match = pattern.exec(text);
    const found = match && value(match, today);
    if (found && (found.day ?? found.from)) return { ...found, rest: cut(text, match[0]) };
  }
  const dated = text.replace(/\b(\d{1,2})\. ?(\d{1,2})\.(?!\d)/, (whole, date, month) =>
    MONTHS[month - 1] ? `${date}. ${MONTHS[month - 1]}` : whole,
  );
  // The wall clock is given as if it were UTC, and read back so: no zone takes part.
  const instant = new Date(`${today}T${toTime(clock.minute)}:00Z`);
  const [date] = chrono
    .parse(dated, { instant, timezone: 0 }, { forwardDate: true })
    .filter(
      ({ start, text: words }) =>
        (start.isCertain('month') && /\d/.test(words)) ||
        /^in \S+ (?:tag|woche|monat|jahr)/.test(words),
    );
  if (date) {
    return { day: date.date().toISOString().slice(0, 10), rest: cut(dated, date.text) };
  }
  const simple = new RegExp(
    `\\b(heute|morgen)\\b|\\b(?:${NEXT} |diese[nrm]? |jede[nr] )?${NAME}\\b`,
  ).exec(text);
  if (!simple) return { rest: text };
  const [whole, word, name] = simple;
  const day = word === 'heute' ? today : word === 'morgen' ? addDays(today, 1) : next(today, name);
  return { day, rest: cut(text, whole) };
}
