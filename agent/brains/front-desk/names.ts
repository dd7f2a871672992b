// Finds a caller's name and telephone number in what was said, as it was heard: names keep their
// capitals, and numbers are said digit by digit.
import { plain } from './words';

/** Words that are never (part of) a name: an answer with one of them is not a name. */
export const NOT_NAMES = new Set(
  `ah eh er erm hm hmm huh mm mmm a about absolutely all actually address after afternoon again ago am an and any anything anyone appointment are as at
  back be because before bleeding blood book booked booking bother busy but by bye call called calling can cancel
  change check clear close come coming could day days did do doctor don't down early eight else error evening everything
  excuse far fine first five for four free friday from get give go going good goodbye great had happy have having
  hello help here hey hi him her his hold hours how i i'd i'll i'm i've if in injection interested is isn't it it's
  its jab just know last late later leave let like listen long looking make many may maybe me mean message mid
  minute moment monday month more morning move much my myself name need never new next nine no nobody none not
  nothing now number nurse o'clock of off oh ok okay on one open or other our ours out over park parking past phone
  place please pm possible practice problem question quite ready really reason repeat right running same saturday say saying
  schedule second see seven she should sick six so some someone something soon sorry speak stop sunday sure
  tell ten test than thank thanks that that's the their them then there they this three thursday time to today told
  tomorrow tonight too trying tuesday twelve two um uh under understand unsure unwell until up us very wait wanting want
  wanted was way we wednesday week well were what what's when where which who whose why will with won't work working
  would wrong yeah yep yes yesterday yet you your`.split(/\s+/),
);

const RELATION =
  'son|daughter|wife|husband|mother|father|mum|mom|dad|partner|child|baby|brother|sister|friend|grandson|granddaughter|boy|girl|kid';
/** Phrases that a name follows for certain, whatever its capitals. */
const SURE = new RegExp(
  `\\b(?:my (?:full )?name(?: is|'s)|(?:the |his |her )?name(?: is|'s| of)|call me|(?:i'm|im|i am|he's|she's|they're) called|they call me|name's|for my (?:${RELATION})(?: called| named)?,?|my (?:${RELATION})(?:'s name is| is called)|(?:put it |book it |put me )?under)\\s+`,
  'i',
);
/** Phrases that a name may follow: believed only before a capital. */
const MAYBE = /\b(?:i am|i'm|this is|it is|it's|that's|for|with|speaking to)\s+(?=[A-Z])/g;

const LEAD =
  /^(?:um+|uh+|er+|erm|oh|yes|yeah|yep|sure|ok|okay|well|so|hi|hello|please|certainly|of course|no|actually|and|it'?s|it is|it'll be|this is|i'm|i am|that's|that would be|that'll be|make (?:it|that)|just|for)[\s,.]+/i;
const TAIL = /[\s,]+(?:please|thanks|thank you|speaking|here|is my name|is the name)$/i;

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** "Jones, J O N E S" and "j-o-n-e-s" to one word: the spelling is what counts. */
function spelled(text: string): string {
  // "W as in William" is a W.
  const letters = text.replace(/\b(\p{L}),? (?:as in|like in|for|like) \p{L}{2,}/gu, '$1');
  // "Gerald, Gerald Finch" says it twice.
  return letters
    .replace(/\b(\p{Lu}\p{L}+),? (?=\1\b)/gu, '')
    .replace(
      /(?:\b(\p{L}[\p{L}'’]+)[\s,]+)?((?:\b\p{L}\b[\s.,-]+){2,}\p{L}\b)/gu,
      (_, word: string | undefined, letters: string) => {
        const name = capital(letters.replace(/[^\p{L}]/gu, '').toLowerCase());
        return word && word[0]?.toLowerCase() !== name[0]?.toLowerCase() ? `${word} ${name}` : name;
      },
    );
}

/** The words at the start of the text that can be a name: at most three. */
function nameAt(text: string): string | undefined {
  const words: string[] = [];
  for (const token of spelled(text).split(/\s+/)) {
    const word = token.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
    if (!/^\p{L}[\p{L}'’-]*$/u.test(word)) break;
    if (NOT_NAMES.has(word.toLowerCase()) && !/^(?:Will|May|Day|Park|Early)$/.test(word)) break;
    if (/^(?:doctor|dr|nurse)$/i.test(word)) break;
    words.push(capital(word === word.toUpperCase() && word.length > 3 ? word.toLowerCase() : word));
    if (words.length === 3 || /[.,!?;]$/.test(token)) break;
  }
  return words.length > 0 ? words.join(' ') : undefined;
}

/** A name that comes with words that announce it, anywhere in the text. */
export function announcedName(heard: string): string | undefined {
  const sure = SURE.exec(heard);
  const name = sure ? nameAt(heard.slice(sure.index + sure[0].length)) : undefined;
  if (name) return name;
  for (const match of heard.matchAll(new RegExp(MAYBE, 'gi'))) {
    const start = match.index + match[0].length;
    if (!/^\p{Lu}/u.test(heard.slice(start))) continue;
    const found = nameAt(heard.slice(start));
    if (found) return found;
  }
  return undefined;
}

/** A name given in answer to a question for it: the whole text, but for what people put round it. */
export function answeredName(heard: string): string | undefined {
  const announced = announcedName(heard);
  if (announced) return announced;
  // "Ann Lee and my number is …" answers first, then goes on.
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
    // "Then Carter", for "Ben Carter": what is surely a name is better than none.
    const [first, ...others] = text.split(/\s+/);
    const [second] = others;
    if (!first || !second || others.length > 2 || !/^\p{Lu}/u.test(second)) return undefined;
    return NOT_NAMES.has(second.toLowerCase()) ? undefined : nameAt(others.join(' '));
  }
  const words = (some: string) => some.trim().split(/\s+/).length;
  // Much beside the name means that something else was said.
  return words(spelled(text)) - words(name) <= 1 ? name : undefined;
}

/** Fewest and most digits that are taken for a telephone number. */
const PHONE_DIGITS = { min: 5, max: 15 };

/** Plain text in which what is said between digits is a digit too. */
export function withDigits(heard: string): string {
  return plain(heard.replace(/(\d)[-./](?=\d)/g, '$1 '))
    .replace(/:/g, ' ')
    .replace(/\b(?:oh|o|owe)\b|(?<=\d )or(?= (?:\d|one))/g, '0')
    .replace(/\bone\b/g, '1')
    .replace(/\b(?:to|too)\b(?= \d)/g, '2')
    .replace(/(?<=\d )(?:to|too)\b/g, '2')
    .replace(/(?<=\d )(?:for|fore)\b/g, '4')
    .replace(/\bdouble (\d)\b/g, '$1$1')
    .replace(/\btriple (\d)\b/g, '$1$1$1');
}

/** A telephone number, its digits in the groups they were said in. */
export function readPhone(heard: string): string | undefined {
  const text = withDigits(heard);
  const run = text.match(/\d[\d ]*\d/g)?.sort((a, b) => b.length - a.length)[0];
  const digits = run?.replace(/\D/g, '') ?? '';
  if (digits.length < PHONE_DIGITS.min || digits.length > PHONE_DIGITS.max) return undefined;
  const groups = run?.trim().split(/\s+/) ?? [];
  if (groups.length > 1 && groups.every((group) => group.length > 1)) return groups.join(' ');
  return digits.length <= 7
    ? `${digits.slice(0, -4)} ${digits.slice(-4)}`.trim()
    : `${digits.slice(0, -7)} ${digits.slice(-7, -4)} ${digits.slice(-4)}`;
}
