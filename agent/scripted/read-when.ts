// The day and the time that an utterance means: corrections win, exclusions and ranges narrow the
// choice, and what is ambiguous, impossible or contradictory becomes a doubt, for the agent to ask.
import { type Mention, type Rule, scan } from '@/agent/scripted/mentions';
import { sentence } from '@/agent/scripted/phrases';
import { dayRules, withDate } from '@/agent/scripted/read-days';
import { bareRules, partRules, timeRules } from '@/agent/scripted/read-times';
import { type Kind, type Placed, place, withMonths, withWeeks } from '@/agent/scripted/roles';
import {
  dateOf,
  dayFrom,
  sayDate,
  sayDay,
  WEEKDAYS,
  wallClock,
  weekdayOf,
} from '@/agent/scripted/when';

/** Whether a value, an ISO date or `HH:MM`, is wanted. */
type Fits = (value: string) => boolean;

/** What must be asked instead of assumed. */
export interface Doubt {
  /** A sentence; none if the words alone have several meanings. */
  readonly why?: string | undefined;
  /** The possible meanings, in order; none if the words have no meaning. */
  readonly either: readonly string[];
}

/** What was found in an utterance. */
export interface When {
  /** ISO date; may lie in the past. */
  readonly day?: string | undefined;
  /** `HH:MM`. */
  readonly time?: string | undefined;
  /** Which ones are wanted, if the caller did not name one: "next week", "not Monday", "after two". */
  readonly fits: Readonly<Partial<Record<Kind, Fits>>>;
  readonly doubts: Readonly<Partial<Record<Kind, Doubt>>>;
}

/** Between a weekday and its date. */
const SEPARATE = /\b(?:or|and|to|until|but|if|otherwise|else)\b/;

const isPoint = ({ from, until, either }: Mention) => from === until || either !== undefined;
const valuesOf = ({ either, from }: Mention) => either ?? [from];

const fitsOf =
  (kind: Kind, { role, from, until, every, either }: Placed): Fits =>
  (value) => {
    const inside = value >= from && value <= until;
    switch (role) {
      case 'is':
        return inside && (every?.(value) ?? true);
      case 'not':
        return every ? !every(value) : !(either?.includes(value) ?? inside);
      case 'after':
        return kind === 'time' && from === until ? value >= from : value > until;
      case 'later':
        return value > until;
      case 'from':
        return value >= from;
      case 'before':
        return value < from;
      case 'until':
        return value <= until;
    }
  };

const both = (some: readonly Fits[]): Fits | undefined =>
  some.length > 0 ? (value) => some.every((fits) => fits(value)) : undefined;

/** All days of a span with that weekday. */
function weekdaysIn(from: string, until: string, name: string): string[] {
  const first = dateOf(from).plus({
    days: (WEEKDAYS.indexOf(name) - dateOf(from).weekday + 8) % 7,
  });
  return Array.from({ length: 6 }, (_, weeks) => first.plus({ weeks }).toISODate()).filter(
    (day) => day <= until,
  );
}

/** The first day of that name after a day, or the last one before it. */
function weekdayBeside({ from, until }: Mention, name: string, way: string): string {
  const start = way === 'after' ? dateOf(until).plus({ days: 1 }) : dateOf(from).minus({ days: 7 });
  const last = start.plus({ days: 6 }).toISODate() ?? '';
  return weekdaysIn(start.toISODate() ?? '', last, name)[0] ?? from;
}

/** A weekday and a date that were said together: one day, or a contradiction. */
function agree(named: Placed, exact: Placed, now: Date): Placed {
  const weekday = named.weekday ?? '';
  const merged = { ...exact, to: Math.max(named.to, exact.to), at: Math.min(named.at, exact.at) };
  const [day, ...others] = valuesOf(exact).filter((value) => weekdayOf(value) === weekday);
  if (day && others.length === 0 && !exact.why)
    return { ...merged, from: day, until: day, either: undefined };
  const [wrong] = valuesOf(exact);
  // "Monday the 31st of November" is asked also if the 30th is a Monday.
  if (exact.why || !wrong) return merged;
  if (exact.inWeek) {
    const start = dateOf(wrong).startOf('week').toISODate() ?? '';
    const found =
      weekdaysIn(start, dateOf(start).plus({ days: 6 }).toISODate() ?? '', weekday)[0] ?? '';
    return { ...merged, from: found, until: found };
  }
  if (exact.either) return merged;
  const later =
    exact.date &&
    withDate(wallClock(now), exact.date, 3).find((value) => weekdayOf(value) === weekday);
  const near = weekdaysIn(
    dateOf(wrong).minus({ days: 3 }).toISODate() ?? '',
    dateOf(wrong).plus({ days: 3 }).toISODate() ?? '',
    weekday,
  )[0];
  const meant = later || (near && near > dayFrom(now) ? near : named.from);
  // "Monday the 31st" in a month of thirty days may be its last day.
  const end = wallClock(now).endOf('month').toISODate();
  const clipped =
    exact.date && Number(end.slice(8)) < exact.date && weekdayOf(end) === weekday ? [end] : [];
  const said = sayDay(wrong, now).startsWith('to') ? sayDay(wrong, now) : sayDate(wrong, now);
  return {
    ...merged,
    either: [...new Set([...clipped, wrong, meant])].sort(),
    why: `${sentence(said)} is a ${sentence(weekdayOf(wrong))}.`,
  };
}

/** Joins each weekday with the date beside it, and with the week or month around it. */
function joined(text: string, mentions: readonly Placed[], now: Date): Placed[] {
  const out: Placed[] = [];
  for (const mention of mentions) {
    const previous = out.at(-1);
    const pair =
      previous &&
      previous.role !== 'not' &&
      mention.role === 'is' &&
      isPoint(previous) &&
      isPoint(mention);
    const gap = text.slice(previous?.to, mention.at);
    // "The Wednesday after the 25th", "the Monday before Christmas".
    const beside = previous?.weekday && /^ (after|before)(?: the)? $/.exec(gap)?.[1];
    if (beside && previous.role === 'is') {
      const found = weekdayBeside(mention, previous.weekday ?? '', beside);
      out[out.length - 1] = { ...previous, to: mention.to, from: found, until: found };
      continue;
    }
    if (
      pair &&
      !SEPARATE.test(gap) &&
      (previous.weekday === undefined) !== (mention.weekday === undefined)
    ) {
      const [named, exact] = mention.weekday ? [mention, previous] : [previous, mention];
      out[out.length - 1] = {
        ...agree(named, exact, now),
        role: previous.role,
        start: previous.start,
      };
    } else out.push(mention);
  }
  const span = out.find((one) => one.role === 'is' && !isPoint(one));
  if (!span) return out;
  return out
    .flatMap((one): Placed[] => {
      if (one === span) return [];
      if (!isPoint(one) || one.role !== 'is') return [one];
      const inside = one.weekday
        ? weekdaysIn(span.from, span.until, one.weekday)
        : one.date
          ? withDate(dateOf(span.from), one.date, 1).filter((day) => day <= span.until)
          : valuesOf(one).filter(fitsOf('day', span));
      const [day, ...others] = inside;
      if (day && others.length === 0)
        return [{ ...one, from: day, until: day, either: undefined, every: undefined }];
      if (day) return [{ ...one, from: span.from, until: span.until }];
      return [{ ...one, either: valuesOf(one), why: 'I heard two different days.' }];
    })
    .concat(out.some((one) => one.role === 'is' && isPoint(one)) ? [] : [span]);
}

interface Read {
  readonly value?: string;
  readonly fits?: Fits | undefined;
  readonly doubt?: Doubt;
}

/** What the mentions of one kind mean together. */
function resolve(kind: Kind, text: string, mentions: readonly Placed[], today: string): Read {
  const limits = mentions.filter((one) => one.role !== 'is' || !isPoint(one));
  const excludes = limits.filter(({ role }) => role === 'not').map((one) => fitsOf(kind, one));
  const points = mentions.filter((one) => one.role === 'is' && isPoint(one));
  const impossible = mentions.find(({ either }) => either?.length === 0);
  if (impossible) return { doubt: { why: impossible.why, either: [] } };
  const all = [...new Set(points.flatMap(valuesOf))].filter((value) =>
    excludes.every((fits) => fits(value)),
  );
  const ahead = kind === 'day' ? all.filter((value) => value >= today) : all;
  const values = (ahead.length > 0 ? ahead : all).sort();
  const edges = limits.filter(
    ({ role, either }) => role !== 'is' && role !== 'not' && either === undefined,
  );
  // "Mondays or weekends" leaves both; "next week, but not Monday" leaves what is in both.
  const spans = limits.filter((one) => one.role === 'is' && one.either === undefined);
  const wanted = limits.filter((one) => edges.includes(one) || spans.includes(one));
  const some = (of: readonly Placed[]): Fits[] =>
    of.length > 0 ? [(value) => of.some((one) => fitsOf(kind, one)(value))] : [];
  // "Before nine or after five".
  const apart = /\bor\b/.test(text.slice(wanted[0]?.to, wanted.at(-1)?.start));
  const fits = both([
    ...excludes,
    ...(apart ? some(wanted) : [...some(spans), ...edges.map((one) => fitsOf(kind, one))]),
  ]);
  const why = points.find((one) => one.why)?.why;
  const [value] = values;
  if (value && values.length === 1 && !why) {
    if (fits?.(value) ?? true) return { value, fits: both(excludes) };
    return { doubt: { why: `I heard more than one ${kind}.`, either: [value] } };
  }
  if (!value) return { fits };
  const choice = points.length === 1 || /\bor\b/.test(text.slice(points[0]?.to, points.at(-1)?.at));
  const either = why && kind === 'day' ? ahead : values;
  return {
    doubt: { why: why ?? (choice ? undefined : `I heard more than one ${kind}.`), either },
    fits: both(excludes),
  };
}

/** Midnight belongs to two days, unless the words say to which. */
function atMidnight(text: string, day: string): Doubt | string {
  const next = dateOf(day).plus({ days: 1 }).toISODate() ?? day;
  if (/\b24:|\btonight\b/.test(text)) return next;
  return { why: 'I count midnight as the start of a day.', either: [day, next] };
}

/**
 * The day and time in plain text (see `plain`).
 * @param bare whether an hour alone, "three", is a time, because one was asked for
 */
export function readWhen(plainText: string, now: Date, bare = false): When {
  const text = plainText.replace(/\bgood (?:morning|afternoon|evening)\b/g, (all) =>
    ' '.repeat(all.length),
  );
  const [days, undated] = scan(text, dayRules(wallClock(now)));
  const read = (rules: readonly Rule[], of = undated) => scan(text, rules, of);
  const found = read(timeRules(now));
  const [times, unread] =
    bare && found[0].length === 0 ? read([...timeRules(now), ...bareRules]) : found;
  const today = dayFrom(now);
  const dated = place('day', text, withWeeks(text, withMonths(text, days, today)));
  const day = resolve('day', text, joined(text, dated, now), today);
  // "Four in the afternoon" is one time; "in the afternoon, before four" limits it twice.
  const isTime = place('time', text, times).some((one) => one.role === 'is' && isPoint(one));
  const parts = isTime
    ? []
    : read(partRules, unread)[0].filter(
        ({ at }) => !times.some(({ to }) => /^ (?:in the |at )?$/.test(text.slice(to, at))),
      );
  // "Not Friday afternoon": on Fridays, no other time is wanted.
  const excluded = (at: number) =>
    dated.some(({ role, to }) => role === 'not' && /^ (?:in the )?$/.test(text.slice(to, at)));
  const placed = place(
    'time',
    text,
    [...times, ...parts].filter(({ at }) => !excluded(at)).sort((a, b) => a.at - b.at),
  );
  const time = resolve('time', text, placed, today);
  const on = day.value ?? placed.find((one) => one.day && one.role === 'is')?.day;
  const midnight = time.value === '24:00' || (time.value === '00:00' && /\b12 ?am\b/.test(text));
  const from = midnight && on ? atMidnight(text, on) : on;
  const dayDoubt = typeof from === 'object' ? from : day.doubt;
  return {
    day: typeof from === 'object' ? undefined : from,
    time: midnight ? '00:00' : time.value,
    fits: { ...(day.fits && { day: day.fits }), ...(time.fits && { time: time.fits }) },
    doubts: { ...(dayDoubt && { day: dayDoubt }), ...(time.doubt && { time: time.doubt }) },
  };
}
