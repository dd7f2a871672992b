// The day and the time that an utterance means: corrections win, exclusions and ranges narrow the
// choice, and what is ambiguous, impossible or contradictory becomes a doubt, for the agent to ask.
import { type Mention, type Rule, scan } from './mentions';
import { sentence } from './phrases';
import { dayRules, withDate } from './read-days';
import { bareRules, partRules, timeRules } from './read-times';
import { dateOf, dayFrom, sayDate, sayDay, WEEKDAYS, wallClock, weekdayOf } from './when';

/** What can be doubtful or limited. */
export type Kind = 'day' | 'time';
/** Whether a value, an ISO date or `HH:MM`, is wanted. */
type Fits = (value: string) => boolean;

/** What must be asked instead of assumed. */
export interface Doubt {
  /** A sentence; none if the words alone have several meanings. */
  readonly why?: string;
  /** The possible meanings, in order; none if the words have no meaning. */
  readonly either: readonly string[];
}

/** What was found in an utterance. */
export interface When {
  /** ISO date; may lie in the past. */
  readonly day?: string;
  /** `HH:MM`. */
  readonly time?: string;
  /** Which ones are wanted, if the caller did not name one: "next week", "not Monday", "after two". */
  readonly fits: Readonly<Partial<Record<Kind, Fits>>>;
  readonly doubts: Readonly<Partial<Record<Kind, Doubt>>>;
}

type Role = 'is' | 'not' | 'from' | 'after' | 'before' | 'until';
/** "Until Friday" includes the day; "until four" does not include the hour. */
const END = { day: 'until', time: 'before' } as const;
/** A mention, and what the words around it make of it. */
interface Placed extends Mention {
  readonly role: Role;
  /** Where it begins with the words that give it its role. */
  readonly start: number;
}

/** Characters before a mention that can give it a role. */
const NEAR = 80;
const FILLERS =
  '(?: (?:on|in|at|the|a|an|any|around|about|for|of|during|my|it|to|come|appointment))*';
const CANNOT = "(?:can'?t|cannot|can not|couldn't|could not|won't|don't|do not|didn't)";
/** Words that exclude what follows. */
const NOT = `not|never|except(?: for)?|excluding|excepting|without|other than|apart from|aside from|rather than|instead of|besides|neither|nor|avoid|\\b(?:any|every|all|whatever|whenever)\\w*\\b.* but|${CANNOT}(?: (?:do|make|come|manage|have|want|like|need))?|busy|away|unavailable|i work|working`;
/** Before a range that is excluded: "not between 12 and 2", "away from Monday to Wednesday". */
const NOT_RANGE = new RegExp(`\\b(?:${NOT})${FILLERS}(?: between| from)?${FILLERS} *$`);
/** Words before a mention → its role; the first that fits. */
const BEFORE: readonly (readonly [string, Role | 'end'])[] = [
  [
    'not (?:until|till|before|earlier than|sooner than)|no (?:earlier|sooner) than|(?:on|at) or after',
    'from',
  ],
  ['from|starting|beginning|as of', 'from'],
  ['not (?:after|later than)|no later than|(?:on|at) or before|by', 'until'],
  ['up to|until|till', 'end'],
  ['after|later than|past', 'after'],
  ['before|earlier than|sooner than|prior to', 'before'],
  [NOT, 'not'],
].map(([words, role]) => [`\\b(?:${words})${FILLERS} *$`, role as Role | 'end']);
/** Words after a mention → its role. */
const AFTER: readonly (readonly [RegExp, Role])[] = [
  [
    /^ (?:(?:is|are|would be) (?:no good|no use|bad|out|impossible|full|not)|(?:isn't|aren't|is not|doesn't|does not|don't|do not|won't|will not|wouldn't|can't|cannot) (?:\w+ )?(?:work|do|suit|be|make|good|possible|great|an option|on)|(?:i|we) (?:can't|cannot|can not|work\b|am busy)|i'm (?:busy|away|working|not)|excluded|excepted)/,
    'not',
  ],
  [/^ (?:(?:or|and) (?:later|after|onwards?|beyond)|onwards?|at the earliest)\b/, 'from'],
  [/^ (?:or (?:earlier|before|sooner)|at the latest)\b/, 'until'],
];
/** Between two mentions: the second replaces the first. */
const CORRECTED =
  /\b(?:no|nope|wait|sorry|oops|mean|meant|actually|rather|make (?:it|that)|scratch|correction|wrong|hang on|hold on|instead|change)\b/;
const ALSO = /^ (?:or|and|nor)(?: (?:on|in|at|the))* ?$/;
const TO = /^ (?:to|until|till|through)(?: (?:the|on))* ?$/;
/** Before a range that is none: "move it from Monday to Tuesday". */
const MOVED = /\b(?:change|move|switch|shift|reschedule|swap)\w*\b.{0,40} from(?: the| on)* $/;
/** Between a weekday and its date. */
const SEPARATE = /\b(?:or|and|to|until|but|if|otherwise|else)\b/;

/** The words before a place. */
const near = (text: string, at: number) => text.slice(Math.max(0, at - NEAR), at);

function place(kind: Kind, text: string, mentions: readonly Mention[]): Placed[] {
  const placed = mentions.map((mention): Placed => {
    const before = near(text, mention.at);
    for (const [pattern, role] of BEFORE) {
      const match = new RegExp(pattern).exec(before);
      if (!match) continue;
      const start = mention.at - before.length + match.index;
      return { ...mention, role: role === 'end' ? END[kind] : role, start };
    }
    const after = text.slice(mention.to);
    const role = AFTER.find(([pattern]) => pattern.test(after))?.[1] ?? 'is';
    return { ...mention, role, start: mention.at };
  });
  const gap = (at: number) => text.slice(placed[at - 1]?.to, placed[at]?.at);
  const become = (at: number, role: Role) => {
    const of = placed[at];
    if (of) placed[at] = { ...of, role };
  };
  for (let at = 1; at < placed.length; at += 1) {
    const [one, other] = [placed[at - 1], placed[at]];
    const between = /\bbetween(?: the| on)? $/.test(text.slice(0, one?.at)) && ALSO.test(gap(at));
    if (TO.test(gap(at)) && MOVED.test(text.slice(0, one?.at))) {
      become(at - 1, 'not');
      become(at, 'is');
    } else if (
      one &&
      other &&
      (between || TO.test(gap(at))) &&
      (other.role === 'not' || NOT_RANGE.test(near(text, one.at)))
    ) {
      placed.splice(at - 1, 2, {
        ...one,
        role: 'not',
        to: other.to,
        until: other.until,
        every: undefined,
      });
      at -= 1;
    } else if (between || TO.test(gap(at))) {
      become(at - 1, 'from');
      become(at, END[kind]);
    } else if (ALSO.test(gap(at)) && one?.role === 'not' && other?.role === 'is') become(at, 'not');
    else if (ALSO.test(gap(at)) && one?.role === 'is' && other?.role === 'not')
      become(at - 1, 'not');
  }
  // "Monday at three, no, four": what was said before a correction does not count.
  const last = placed.findLastIndex(
    ({ start, role }, at) =>
      at > 0 && role !== 'not' && CORRECTED.test(text.slice(placed[at - 1]?.to, start)),
  );
  return last > 0 ? placed.slice(last) : placed;
}

const isPoint = ({ from, until, either }: Mention) => from === until || either !== undefined;
const valuesOf = ({ either, from }: Mention) => either ?? [from];

/** The values that a mention leaves. */
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
  readonly fits?: Fits;
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
  // "Before nine or after five".
  const apart = /\bor\b/.test(text.slice(edges[0]?.to, edges.at(-1)?.start));
  // "Mondays or weekends" leaves both; "next week, but not Monday" leaves what is in both.
  const spans = limits.filter(({ role }) => role === 'is').map((one) => fitsOf(kind, one));
  const fits = both([
    ...(spans.length > 0 ? [(value: string) => spans.some((span) => span(value))] : []),
    ...excludes,
    ...(edges.length > 0 && apart
      ? [(value: string) => edges.some((one) => fitsOf(kind, one)(value))]
      : edges.map((one) => fitsOf(kind, one))),
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
  const read = (rules: readonly Rule[]) => scan(text, rules, undated)[0];
  const found = read(timeRules(now));
  const times = bare && found.length === 0 ? read([...timeRules(now), ...bareRules]) : found;
  const parts = times.some((one) => isPoint(one)) ? [] : read(partRules);
  const today = dayFrom(now);
  const dated = place('day', text, days);
  const day = resolve('day', text, joined(text, dated, now), today);
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
