// What the words around days and times make of them: excluded, or the beginning or end of a range,
// or replaced by a correction; and what is completed by another mention.
import type { DateTime } from 'luxon';
import type { Mention } from '@/agent/scripted/mentions';
import { dateOf } from '@/agent/scripted/when';

/** What can be doubtful or limited. */
export type Kind = 'day' | 'time';
type Role = 'is' | 'not' | 'from' | 'after' | 'later' | 'before' | 'until';
/** "Until Friday" includes the day; "until four" does not include the hour. */
const END = { day: 'until', time: 'before' } as const;
/** A mention, and what the words around it make of it. */
export interface Placed extends Mention {
  readonly role: Role;
  /** Where it begins with the words that give it its role. */
  readonly start: number;
}

/** Characters before a mention that can give it a role. */
const NEAR = 80;
const FILLERS =
  '(?: (?:on|in|at|the|a|an|any|around|about|for|of|during|my|it|to|come|appointment|all day))*';
const CANNOT = "(?:can't|cannot|can not|couldn't|could not|won't|will not|don't|do not|didn't)";
/** What somebody does who cannot come. */
const OCCUPIED =
  "busy|away|abroad|unavailable|i work|working|at (?:work|school)|tied up|on (?:holidays?|vacation|leave)|out of (?:town|office|the country)|i(?:'ve got|'ve| have got| have) (?:a |an )?(?:meetings?|class|lecture|exam|shift|training|work|school)";
const NOT = `(?<!why |you )not|never|except(?: for)?|excluding|excepting|without|other than|apart from|aside from|rather than|instead of|besides|neither|nor|avoid|not (?:so |too |very )?keen on|unless(?: it's)?|\\b(?:any|every|all|whatever|whenever)\\w*\\b.* (?:but|bar|save)|(?:${CANNOT}|(?<!why |you )not|isn't|aren't)(?: (?:be|able|available|free|here|around|in town|possible|to|do|make|come|manage|have|want|like|need))+|${CANNOT}|${OCCUPIED}`;
/** Before a range that is excluded: "not between 12 and 2", "away from Monday to Wednesday". */
const NOT_RANGE = new RegExp(`\\b(?:${NOT})${FILLERS}(?: between| from)?${FILLERS} *$`);
/** Words before a mention → its role; the first that fits. */
const BEFORE: readonly (readonly [string, Role | 'end'])[] = [
  [
    'not (?:until|till|before|earlier than|sooner than)|no (?:earlier|sooner) than|(?:on|at) or after',
    'from',
  ],
  [`(?:${OCCUPIED}) from`, 'before'],
  [
    `(?:${OCCUPIED}|(?:i'm|i am|we're|we are) (?:in|at) \\w+)(?: \\w+){0,2} (?:until|till|up to)|(?:i'm|i am|we're|we are|i get|i'll be) back`,
    'from',
  ],
  [
    '(?<!apart |aside )from|starting|beginning|as of|earliest(?! (?:on|in|of|for|appointment))',
    'from',
  ],
  [
    'not (?:after|later than)|no later than|(?:on|at) or before|by|latest(?! (?:on|in|of|for|appointment))',
    'until',
  ],
  ['up to|until|till', 'end'],
  [
    "after|later than|past|(?:finish(?:es)?|(?:i'm|i am) done|gets? (?:off|out))(?: (?:of )?(?:work|school))? at",
    'after',
  ],
  ['before|earlier than|sooner than|prior to', 'before'],
  [NOT, 'not'],
].map(([words, role]) => [`\\b(?:${words})${FILLERS} *$`, role as Role | 'end']);
/** Words after a mention → its role. */
const AFTER: readonly (readonly [RegExp, Role])[] = [
  [
    /^ (?:(?:(?:is|are|would be) )?(?:no good|no use|not (?:so |too |very )?(?:good|great|ideal|possible|available|free|convenient|an option)|taken|clashes|no(?: thanks| thank you| please)?$)|(?:is|are|would be) (?:bad|out|impossible|full|not)|(?:isn't|aren't|is not|doesn't|does not|don't|do not|won't|will not|wouldn't|can't|cannot) (?:\w+ )?(?:work|do|suit|be|make|good|possible|great|an option|on)|(?:i|we) (?:can't|cannot|can not|work\b|am busy)|i'm (?:busy|away|working|not)|excluded|excepted)/,
    'not',
  ],
  [/^ (?:is|would be|seems) (?:a bit |a little |far |much )?too (?:early|soon)\b/, 'later'],
  [/^ (?:is|would be|seems) (?:a bit |a little |far |much )?too late\b/, 'before'],
  [/^ (?:(?:or|and) (?:later|after|onwards?|beyond)|onwards?|(?:at the )?earliest)\b/, 'from'],
  [/^ (?:or (?:earlier|before|sooner)|(?:at the )?latest)\b/, 'until'],
];
/** Between two mentions: the second replaces the first. */
const CORRECTED =
  /\b(?:no|nope|wait|sorry|oops|mean|meant|mistake|bad|typo|actually|rather|make (?:it|that)|scratch|correction|wrong|hang on|hold on|instead|change)\b/;
const ALSO = /^ (?:or|and|nor)(?: (?:on|in|at|the))* ?$/;
const TO = /^ (?:to|until|till|through)(?: (?:the|on))* ?$/;
/** Before a range that is none: "move it from Monday to Tuesday". */
const MOVED = /\b(?:change|move|switch|shift|reschedule|swap)\w*\b.{0,40} from(?: the| on)* $/;

const near = (text: string, at: number) => text.slice(Math.max(0, at - NEAR), at);

/** The mentions with their roles; those that a correction replaced are left out. */
export function place(kind: Kind, text: string, mentions: readonly Mention[]): Placed[] {
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
      // "Between five and seven".
      const end = placed[at];
      const later = end && `${Number(end.from.slice(0, 2)) + 12}${end.from.slice(2)}`;
      if (kind === 'time' && one && end && later && end.from < one.from && end.from < '12')
        placed[at] = { ...end, from: later, until: later };
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

const iso = (day: DateTime<true>): string => day.toISODate();
const isOne = ({ from, until }: Mention) => from === until && from !== '';

/** Before a date that stands for its week. */
const WEEK_OF = /\b(?:week (?:of|beginning|commencing|starting)|w ?c)(?: the| on| monday)* $/;

/** "The 28th or 29th of December": each number takes the month that is said with the other one. */
export function withMonths(
  text: string,
  days: readonly Mention[],
  today: string,
): readonly Mention[] {
  const out = [...days];
  for (const [at, mention] of days.entries()) {
    const { date } = mention;
    if (!date) continue;
    const [previous, next] = [out[at - 1], out[at + 1]];
    const before = text.slice(previous?.to, mention.at);
    const after = text.slice(mention.to, next?.at);
    const joins = (gap: string) => ALSO.test(gap) || TO.test(gap);
    const of =
      next && joins(after) && date < Number(next.from.slice(8))
        ? next
        : previous && (joins(before) || CORRECTED.test(before))
          ? previous
          : undefined;
    if (!of?.dated) continue;
    const month = dateOf(of.from).startOf('month');
    // "The 30th of November or the 1st".
    const first = iso(month.set({ day: date }));
    const isOver = first < today || (of === previous && joins(before) && first < of.from);
    const day = month.plus({ months: isOver ? 1 : 0 }).set({ day: date });
    if (day.day === date)
      out[at] = { ...mention, from: iso(day), until: iso(day), date: undefined, dated: true };
  }
  return out;
}

/** "The week of 7 December": its date stands for the week. */
export function withWeeks(text: string, days: readonly Mention[]): readonly Mention[] {
  const out: Mention[] = [];
  for (const mention of days) {
    const words = !mention.weekday && isOne(mention) && WEEK_OF.exec(near(text, mention.at))?.[0];
    if (!words) {
      out.push(mention);
      continue;
    }
    const at = mention.at - words.length;
    if ((out.at(-1)?.at ?? 0) > at) out.pop();
    const start = dateOf(mention.from).startOf('week');
    out.push({ at, to: mention.to, from: iso(start), until: iso(start.plus({ days: 6 })) });
  }
  return out;
}
