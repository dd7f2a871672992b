// The fields of a form: what a tool's zod parameters ask for, how an answer is read, and how its value is spoken.
import { z } from 'zod';
import { list, plain, sentence, visible } from '@/agent/scripted/phrases';
import { readWhen } from '@/agent/scripted/read-when';
import { sayDay, sayFullDay, sayTime, WEEKDAYS } from '@/agent/scripted/when';
import { editDistance } from '@/lib/core/edit-distance';

/** How the answer to a field is read. */
type Kind = 'day' | 'time' | 'choice' | 'number' | 'name' | 'phone' | 'text';

const kinds = z.registry<{ kind: Kind }>();

/** A day: `2026-11-27`. */
export const day = () => z.iso.date();
/** A time of day: `14:30`. */
export const time = () => z.iso.time({ precision: -1 });
/** A person's name. It is repeated, and spelled on request. */
export const personName = () => z.string().trim().min(1).max(80).register(kinds, { kind: 'name' });
/** A telephone number, spoken digit by digit. */
export const phoneNumber = () => z.string().max(40).register(kinds, { kind: 'phone' });

/** One parameter of a tool. */
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  /** The question for it; a field without one is only read from what the caller says anyway. */
  readonly question?: string | undefined;
  readonly optional: boolean;
  readonly schema: z.ZodType;
  /** Its value if the caller does not mention it. */
  readonly fallback: unknown;
  readonly values: readonly string[];
}

function kindOf(schema: z.ZodType): Kind {
  const { type, format } = schema.def as { type: string; format?: string };
  const registered = kinds.get(schema)?.kind;
  if (registered) return registered;
  if (type === 'enum') return 'choice';
  if (type === 'number') return 'number';
  if (format === 'date') return 'day';
  return format === 'time' ? 'time' : 'text';
}

function fieldOf(name: string, outer: z.ZodType): Field {
  let schema = outer;
  let question = z.globalRegistry.get(outer)?.description;
  let optional = false;
  while (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    optional = true;
    schema = schema.unwrap() as z.ZodType;
    question ??= z.globalRegistry.get(schema)?.description;
  }
  const values = schema instanceof z.ZodEnum ? schema.options.map(String) : [];
  const fallback = outer.safeParse(undefined).data;
  return { name, kind: kindOf(schema), question, optional, schema, fallback, values };
}

/** The fields of a tool, in the order in which they are asked for. */
export const fieldsOf = (parameters: z.ZodObject): readonly Field[] =>
  Object.entries(parameters.shape).map(([name, schema]) => fieldOf(name, schema as z.ZodType));

/** An utterance in each form it is read in. */
export interface Heard {
  /** As heard: names keep their capitals. */
  readonly words: string;
  readonly text: string;
  readonly now: Date;
}

/**
 * The field's value in an utterance; undefined if there is none.
 * @param asked the field that was asked for, if any: its answer is not read into another field
 */
export function readField(field: Field, { words, text, now }: Heard, asked?: Field): unknown {
  const isAsked = field === asked;
  const value = (): unknown => {
    switch (field.kind) {
      case 'day':
        return readWhen(text, now).day ?? (isAsked ? weekdayLike(text, now) : undefined);
      case 'time':
        return readWhen(text, now, isAsked).time;
      case 'choice':
        return choice(field.values, text);
      case 'name':
        return isAsked ? answeredName(words) : announcedName(words, asked === undefined);
      case 'phone':
        return readPhone(words);
      case 'number':
        return isAsked ? readNumber(text) : undefined;
      default:
        return isAsked ? words.trim() || undefined : undefined;
    }
  };
  const found = field.schema.safeParse(value());
  return found.success ? found.data : undefined;
}

/** A weekday that was slightly misheard: "Mindy". */
function weekdayLike(text: string, now: Date): string | undefined {
  const { fits, doubts } = readWhen(text, now);
  if (fits.day || doubts.day) return undefined;
  for (const word of text.split(' ')) {
    const near = WEEKDAYS.find(
      (name) => word.length > 4 && name[0] === word[0] && editDistance(name, word) <= 2,
    );
    if (near) return readWhen(near, now).day;
  }
  return undefined;
}

/** Between two numbers: the second replaces the first. */
const INSTEAD = /\b(?:no|sorry|wait|i mean|actually|make (?:it|that))\b/;

/** Before a name or a telephone number that replaces one: "Ben, no, Ken". */
const REPLACED =
  /[\s,.;–—]+(?:- ?)?(?:(?:no|nope|sorry|oops|wait|i mean|i meant|actually|or rather|correction|make (?:it|that))\b[\s,.:;–—-]*)+(?:(?:it's|that's|it is) )?/iu;

/** The number that was said; undefined if there are several. The last one counts: "12, no, 14". */
function readNumber(text: string): number | undefined {
  const said = (text.split(INSTEAD).findLast((part) => /\d/.test(part)) ?? '')
    // "Two hundred and five", "one oh five", "1 2 5" digit by digit.
    .replace(/\b(\d) hundred(?:(?: and)? (\d{1,2})\b)?/g, (_, hundreds, rest = '') =>
      String(Number(hundreds) * 100 + Number(rest)),
    )
    .replace(/\b(?:oh|o)\b(?= \d)/g, '0')
    .replace(/(?<=\b\d) (?=\d\b)|(?<=\b\d\d) (?=0 \d\b)/g, '');
  const numbers = new Set(said.match(/\d+(?:\.\d+)?/g));
  return numbers.size === 1 ? Number([...numbers][0]) : undefined;
}

/** Maximum misheard share of a value's letters. */
const MISHEARD = 0.25;

/** The value that was said, allowing for small recognition errors. */
function choice(values: readonly string[], text: string): string | undefined {
  const named = values.filter((value) => ` ${text} `.includes(` ${plain(value)}`));
  if (named.length > 0) return named.reduce((a, b) => (b.length > a.length ? b : a));
  return nearest(values, values, text);
}

/** The value whose spoken form is closest to the utterance, if close enough. */
export function nearest<T>(values: readonly T[], said: readonly string[], text: string) {
  const digits = (of: string) => of.replace(/\D/g, '');
  const apart = said.map((one) => {
    const way = plain(one);
    // "Half past nine" is not "half past ten", nor "half past".
    if (digits(way) !== digits(text)) return 1;
    return editDistance(way, text) / Math.max(way.length, 1);
  });
  const best = Math.min(...apart);
  return best <= MISHEARD ? values[apart.indexOf(best)] : undefined;
}

/** A value in spoken form. */
export function sayValue({ kind }: Pick<Field, 'kind'>, value: unknown, now: Date): string {
  if (kind === 'day') return sayDay(String(value), now);
  if (kind === 'time') return sayTime(String(value));
  if (kind === 'phone') {
    return (String(value).match(/\d+/g) ?? []).map((group) => [...group].join(' ')).join(', ');
  }
  return String(value);
}

/** The same to read back: a day with its weekday and date, so that a misreading is noticed. */
export const readBack = (field: Pick<Field, 'kind'>, value: unknown, now: Date): string =>
  field.kind === 'day' ? sayFullDay(String(value), now) : sayValue(field, value, now);

/** How to answer, for a caller who was not understood twice. */
export const HINTS: Readonly<Record<Kind, string>> = {
  day: 'You could say, for example, tomorrow, or next Tuesday.',
  time: "You could say, for example, ten o'clock, or half past two.",
  choice: 'Please say one of them.',
  number: 'Please say just the number.',
  name: 'Please say just the name, or spell it letter by letter.',
  phone: 'Please say it digit by digit, or say no.',
  text: 'Please say it in one sentence.',
};

/** A name letter by letter: "B, E, N. C, A, R, T, E, R." */
export const spell = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => `${[...word.toUpperCase()].join(', ')}.`)
    .join(' ');

/** "a, b or c" of values, to choose from. */
export const sayChoices = (field: Field, values: readonly unknown[], now: Date): string =>
  list(
    values.map((value) => sayValue(field, value, now)),
    'or',
  );

/** Words that are never (part of) a name: an answer that contains one is not a name. */
const NOT_NAMES = new Set(
  `ah eh er erm hm hmm huh mm mmm a about absolutely all actually address after afternoon again ago am an and any anything anyone are as at
  back be because before book booked booking bother busy but by bye call called calling can cancel
  change check clear close come coming could day days did do don't down early eight else error evening everything
  excuse far fine first five for four free friday from get give go going good goodbye great had happy have having
  hello help here hey hi him her his hold hours how i i'd i'll i'm i've if in interested is isn't it it's
  its just know last late later leave let like listen long looking make making many may maybe me mean message mid
  minute moment monday month more morning move much my myself name need never new next nine no nobody none not
  nothing now number o'clock of off oh ok okay on one open or other our ours out over park parking past phone
  place please pm possible problem question quite ready really reason repeat right running same saturday say saying
  schedule second see seven she should six so some someone something soon sorry speak stop sunday sure
  tell ten test than thank thanks that that's the their them then there they this three thursday time to today told
  tomorrow tonight too trying tuesday twelve two um uh under understand unsure until up us very wait wanting want
  wanted was way we wednesday week well were what what's when where which who whose why will with won't work working
  would wrong yeah yep yes yesterday yet you your`.split(/\s+/),
);
const RELATION =
  'son|daughter|wife|husband|mother|father|mum|mom|dad|partner|child|baby|brother|sister|friend';
/** Phrases that are always followed by a name, in any case. */
const SURE = new RegExp(
  `\\b(?:my (?:full )?name(?: is|'s)|(?:the |his |her )?name(?: is|'s| of)|call me|(?:i'm|im|i am|he's|she's|they're) called|name's|for my (?:${RELATION})(?: called| named)?,?|(?:put it |book it |put me )?under)\\s+`,
  'i',
);
/** Phrases that may be followed by a name, but only before a capital letter. */
const MAYBE = /\b(?:i am|i'm|this is|it is|it's|that's|(?<!message )for|with)\s+(?=[A-Z])/gi;
const LEAD =
  /^(?:um+|uh+|er+|erm|oh|yes|yeah|yep|sure|ok|okay|well|so|hi|hello|please|certainly|of course|no|actually|and|it'?s|it is|it'll be|this is|i'm|i am|that's|that would be|that'll be|make (?:it|that)|just|for)[\s,.]+/i;
const TAIL = /[\s,]+(?:please|thanks|thank you|speaking|here|is my name|is the name|instead)$/i;

const wordsIn = (text: string) => text.trim().split(/\s+/).length;

/** "Jones, J O N E S" and "j-o-n-e-s" as one word: the spelling wins. */
function spelled(text: string): string {
  return (
    text
      // "W as in William" is a W.
      .replace(/\b(\p{L}),? (?:as in|like in|for|like) \p{L}{2,}/gu, '$1')
      // "Gerald, Gerald Finch" says it twice.
      .replace(/\b(\p{Lu}\p{L}+),? (?=\1\b)/gu, '')
      .replace(
        /(?:\b(\p{L}[\p{L}'’]+)[\s,]+)?((?:\b\p{L}\b[\s.,-]+){2,}\p{L}\b)/gu,
        (_, word: string | undefined, letters: string) => {
          const name = sentence(letters.replace(/[^\p{L}]/gu, '').toLowerCase());
          const other = word && word[0]?.toLowerCase() !== name[0]?.toLowerCase();
          return other ? `${word} ${name}` : name;
        },
      )
  );
}

/** Titles and initials, of which the dot ends no sentence. */
const ABBREVIATED = /^(?:mrs?|ms|dr|prof|st|\p{L})\.$/iu;
/** Parts of a name that stay as they are written. */
const PARTICLE = /^(?:de|del|della|la|da|dos|di|van|von|der|den|ter)$/;

/** The first words of the text that can be a name: at most three, besides particles. */
function nameAt(text: string): string | undefined {
  const words: string[] = [];
  const loud = text === text.toUpperCase() && /\s/.test(text.trim());
  for (const token of spelled(visible(text)).split(/\s+/)) {
    const word = token.replace(/^[^\p{L}]+|[^\p{L}\p{M}]+$/gu, '');
    if (!/^\p{L}[\p{L}\p{M}'’-]*$/u.test(word)) break;
    if (NOT_NAMES.has(word.toLowerCase()) && !/^(?:Will|May|Day|Park|Early)$/.test(word)) break;
    const shouted = word === word.toUpperCase() && (loud || word.length > 3);
    words.push(PARTICLE.test(word) ? word : sentence(shouted ? word.toLowerCase() : word));
    const most = words.filter((one) => !PARTICLE.test(one)).length === 3;
    if (most || (/[.,!?;]$/.test(token) && !ABBREVIATED.test(token))) break;
  }
  return words.length > 0 ? words.join(' ') : undefined;
}

/** A name introduced by a phrase, anywhere in the text. */
function announcedName(heard: string, maybe = true): string | undefined {
  const sure = SURE.exec(heard);
  const [first = '', ...others] = sure
    ? heard.slice(sure.index + sure[0].length).split(REPLACED)
    : [];
  const other = others.findLast((part) => wordsIn(part) <= 3 && nameAt(part));
  const name = nameAt(other ?? first);
  if (name || !maybe) return name;
  for (const match of heard.matchAll(MAYBE)) {
    const rest = heard.slice(match.index + match[0].length);
    const found = /^\p{Lu}/u.test(rest) ? nameAt(rest) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** A name in answer to a question for it: the whole text, without filler. */
export function answeredName(said: string): string | undefined {
  // "Not Ben, Ken", "Ken, not Ben".
  const kept = said.replace(
    /\bnot \p{L}+(?: \p{L}+)?(?:, ?|,? but )|(?<=\p{L}),? not \p{L}+$/gu,
    '',
  );
  const parts = kept.split(REPLACED).filter(Boolean);
  const heard = parts.length > 1 ? (parts.findLast((part) => nameAt(part)) ?? kept) : kept;
  const announced = announcedName(kept) ?? announcedName(heard);
  if (announced) return announced;
  // "Ann Lee and my number is …" answers first, then continues.
  let text = (heard.trim().split(/,?\s+and\s+(?=(?:my|i|it|the|no)\b)/i)[0] ?? '').replace(
    /[.!?]+$/,
    '',
  );
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(LEAD, '').replace(TAIL, '').trim();
  }
  const name = nameAt(text);
  if (!name) {
    // "Then Carter", for "Ben Carter": a partial name is better than none.
    const [first, ...others] = text.split(/\s+/);
    const [second] = others;
    if (!first || !second || others.length > 2 || !/^\p{Lu}/u.test(second)) return undefined;
    return NOT_NAMES.has(second.toLowerCase()) ? undefined : nameAt(others.join(' '));
  }
  // Many words besides the name mean that the caller said something else.
  return wordsIn(spelled(text)) - wordsIn(name) <= 1 ? name : undefined;
}

const DIGIT = /\d|\b(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)\b/i;
/** Minimum and maximum digits of a telephone number. */
const PHONE_DIGITS = { min: 5, max: 15 };

/** A telephone number, its digits grouped as spoken; undefined for several. */
function readPhone(said: string): string | undefined {
  const parts = visible(said).split(REPLACED);
  // "555 0142, no, 555 0143", "+49 (0)151".
  const heard = (parts.findLast((part) => DIGIT.test(part)) ?? '').replace(
    /(?<=\+\d+ ?)\(0\)/,
    ' ',
  );
  if (/\d{3,} or (?:\w+ )*\d{3,}/.test(heard)) return undefined;
  const text = plain(heard.replace(/(\d) ?[-./] ?(?=\d)/g, '$1 '))
    .replace(/:/g, ' ')
    .replace(/\b(?:oh|o|owe)\b|(?<=\d )or(?= (?:\d|one))/g, '0')
    .replace(/\bone\b/g, '1')
    .replace(/\b(?:to|too)\b(?= \d)|(?<=\d )(?:to|too)\b/g, '2')
    .replace(/(?<=\d )(?:for|fore)\b/g, '4')
    .replace(/\bdouble (\d)\b/g, '$1$1')
    .replace(/\btriple (\d)\b/g, '$1$1$1');
  const run = text.match(/\d[\d ]*\d/g)?.sort((a, b) => b.length - a.length)[0];
  const digits = run?.replace(/\D/g, '') ?? '';
  if (digits.length < PHONE_DIGITS.min || digits.length > PHONE_DIGITS.max) return undefined;
  const groups = run?.trim().split(/\s+/) ?? [];
  if (groups.length > 1 && groups.every((group) => group.length > 1)) return groups.join(' ');
  const start =
    digits.length <= 7 ? digits.slice(0, -4) : `${digits.slice(0, -7)} ${digits.slice(-7, -4)}`;
  return `${start} ${digits.slice(-4)}`.trim();
}
