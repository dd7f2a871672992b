// Endpointing: whether the words so far sound complete. A pure function of the words and the question, for English
// only. The delay for each result was measured: docs/turns.md.
import type { llm } from '@livekit/agents';
import { cardinal } from '@/agent/speech/figures';
import {
  coreOf,
  hasClause,
  hesitates,
  isCutOff,
  isDescription,
  isSecondary,
} from '@/agent/turns/grammar';

/**
 * How an utterance ends:
 * - `closed`: complete: an answer, a question, a sentence.
 * - `open`: complete, but people often add to it: "I'd like an appointment" … "for Friday".
 * - `more`: a few words that are no sentence and answer nothing.
 * - `unfinished`: cannot end here: "for", "um", half a telephone number.
 */
export type Endpoint = 'closed' | 'open' | 'more' | 'unfinished';

/** Milliseconds of silence after which a turn with that ending is over. */
export const ENDPOINTING_DELAY_MS: Readonly<Record<Endpoint, number>> = {
  closed: 352,
  open: 800,
  more: 1_100,
  unfinished: 1_700,
};

const words = (list: string) => list.trim().split(/\s+/);

/** Complete answers, alone or in a row. */
const ANSWERS = new Set(
  words(`yes yeah yea yep yup no nope nah sure okay ok fine please thanks thank you correct
    right exactly great good perfect lovely wonderful absolutely certainly definitely of course not
    really bye goodbye cheers nothing else hello hi stop`),
);
const THAT_IS_ALL =
  /\b(?:that's|that is|that was|is that) (?:it|all|right|correct|fine|great|good|perfect|everything)\b/g;
const isAnswer = (text: string) =>
  text
    .replace(THAT_IS_ALL, 'yes')
    .split(' ')
    .every((word) => ANSWERS.has(word));
/** "Yes, I would": what the question asked needs no repetition. */
const SHORT_ANSWER =
  /^(?:(?:um|uh|well|oh) )*(?:yes|yeah|yep|no|nope|of course|sure) (?:i|we|he|she|they|you|it|that|there) (?:\w+n't|is|are|was|were|am|do|does|did|can|could|will|would|should|have|has|had)$/;
/** Ends of what is complete in itself: a wish said politely, a choice. */
const CHOICE =
  /(?: (?:please|thanks|thank you|ones?|too|either|neither)$|^(?:both|neither|either|any|whichever)\b)/;
const TITLE = /(?:^|\b(?:with|see|for|to|from|is|tell|ask|by|about|and) )(?:doctor|dr)$/;
/** A question whose mark STT may leave out. */
const ASKS =
  /^(?:what|when|where|who|why|how|which|is|are|am|was|were|do|does|did|will|has|have|should) /;
/** A wish or a request. */
const REQUESTS =
  /^(?:i'd like|i would like|i want|i need|we need|we want|we'd like|i have to|i'm (?:calling|looking) (?:to|for)|i am (?:calling|looking) (?:to|for)|(?:can|could|may|would) (?:i|we|you|it|\w+one)|book|cancel|move|change)\b/;
/** A verb that nothing follows yet: "I lost", "I don't know", "do you sell", "it's not". */
const HARDLY =
  /^(?:i|we|you) (?:\w+n't )?[\w']+$|^(?:do|does|did|will|would|have) (?:you|i|we|they) \w+$|(?:\w+n't|cannot|(?<!hope|why|rather|if|course|think|guess|prefer|maybe|probably|absolutely|certainly|or|^) not)$/;
/** What makes a request complete: with whom, for what, or words that refer to what is known. */
const DETAILED =
  /.\b(?:(?:through|over|it|them|me|him|her|this|that) to|for|with|from|about|on|at|by|without|before|after|until|because|in|of|when|if|where|how|what|instead|than) \w|\b(?:it|me|you|them|this|that|us|him|her|again|back|now|here|there|please|early|earlier|later|in|up|out|off|on|down|over|through|first|one|both|soon|open|sooner|myself)$/;
/** Words of a request that is complete without. */
const LONG_REQUEST = 8;
/** Nothing is said yet but what to do: "I have to cancel" … "my visit". */
const BARE_REQUEST =
  /^(?:i'd like to|i would like to|i want to|i need to|i have to|we (?:want|need) to|(?:can|could|may) (?:i|we|you)) \w+$/;
/** What only announces the rest. */
const ANNOUNCED =
  /\b(?:have|got|had|is|there's|it's|be) (?:a|an|another|one|some|two) (?:\w+ )?(?:questions?|problems?|issues?|complaint|request|appointment|query|favou?r|thing)$|\b(?:help|assistance|calling)$/;
/** Who calls, before what they want. */
const INTRODUCED = /^(?:my name(?:'s| is) |this is \w+ (?:\w+ )?(?:from|calling|speaking|here))/;
/** A thing without its name, which follows: "there is something" … "wrong with it". */
const UNNAMED = /(?<! or| do| say| ask) (?:something|somewhere|somehow)$/;
/** A time or date, with which most requests and answers end. */
const WHEN =
  /\b(?:today|to day|tomorrow|to morrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|morning|afternoon|evening|week|weekend|month|o'clock|noon|midday|january|february|march|april|june|july|august|september|october|november|december|possible|soon|ago|night|days?|hours?|weeks|months|years?|once|twice|half past \w+|quarter (?:past|to) \w+|\w+ (?:thirty|fifteen|forty five)|\d+:\d\d(?: ?[ap]m)?|\d+ ?[ap]m)$/;
/** Phrases after which an utterance is complete. */
const WHOLE = /\b(?:all|everything|what) (?:that )?(?:i|we) (?:need|want|have)$/;
/** An hour that may be followed by minutes. */
const HOUR =
  /\b(?:at|around|about|until|after|before) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})$/;
/** Words after a comma in which a sentence goes on. */
const ADDED = /,\s*(?:well|so|like|just|or|and|but|wait|say)\W*$/i;
const FULL_NAME = 2;
/** Words without a verb that may be a sentence which STT misheard, and that probably are one. */
const FRAGMENT = 3;
const SENTENCE = 6;
/** "Not yet", "no problem". */
const DENIED = /^(?:no|not|never) \w+$/;
/** Words that begin a part of a sentence. */
const PHRASE =
  /^(?:the|a|an|my|your|our|this|that|some|for|with|from|at|in|on|by|about|to|of|after|before|during|since|until|without|like|as|next|last) /;

/** Characters at the end that decide: some patterns take time that grows with the square. Our own choice. */
const CHARACTERS = 400;

/** The sentences of what was heard, as plain words. */
function sentencesOf(heard: string): readonly string[] {
  return heard
    .slice(-CHARACTERS)
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/\b(mr|mrs|ms|dr)\./g, '$1')
    .split(/[.?!;…]+(?=\s|$)/)
    .map((sentence) =>
      sentence
        .replace(/[^a-z0-9':]+/g, ' ')
        .trim()
        .replace(/\bgood by\b/g, 'goodbye')
        .replace(/ (?:very|so) much$/, ''),
    )
    .filter(Boolean);
}

/** How an utterance ends, given the agent's question. */
export function endpointOf(heard: string, asked: Asked): Endpoint {
  const sentences = sentencesOf(heard);
  const text = sentences.at(-1) ?? '';
  const core = coreOf(text);
  const marked = heard.trim().endsWith('?');
  if (text === '' || hesitates(text) || ADDED.test(heard)) return 'unfinished';
  const number = endOfNumber(sentences.join(' '), asked);
  if (number) return number;
  if (isAnswer(text) || WHOLE.test(text)) return 'closed';
  if (SHORT_ANSWER.test(text) && asked !== 'number' && asked !== 'name') {
    return asked === 'yes or no' ? 'closed' : 'open';
  }
  if (isCutOff(core, marked) || TITLE.test(text)) return 'unfinished';
  if (isSecondary(core)) return asked === 'when' ? 'closed' : 'unfinished';
  if (WHEN.test(text.replace(/ please$/, ''))) return 'closed';
  if (HOUR.test(text)) return hasClause(core) ? 'open' : 'more';
  if (UNNAMED.test(text)) return 'more';
  if (isDescription(core)) return asked === 'anything' ? 'unfinished' : 'more';
  const ending = endOfSentence(text, asked, marked);
  // What belongs to the sentence before: "I need an appointment. With the dentist."
  if (ending === 'more' && sentences.length > 1) return 'open';
  return ending === 'closed' && heard.trim().endsWith(',') ? 'open' : ending;
}

/** How a sentence ends that could be complete. */
function endOfSentence(text: string, asked: Asked, marked: boolean): Endpoint {
  const core = coreOf(text);
  const { length } = core.split(' ');
  if (ANNOUNCED.test(core) || (asked !== 'name' && INTRODUCED.test(core))) return 'open';
  if (REQUESTS.test(core)) {
    if (length >= LONG_REQUEST || DETAILED.test(core)) return 'closed';
    return BARE_REQUEST.test(core) ? 'more' : 'open';
  }
  if (HARDLY.test(core)) return marked ? 'open' : 'more';
  if (length >= FRAGMENT && (marked || ASKS.test(core))) return 'closed';
  if (hasClause(core) || CHOICE.test(core)) return 'closed';
  if (asked === 'name' && length >= FULL_NAME) return 'closed';
  if (length >= SENTENCE) return 'closed';
  if (DENIED.test(text)) return 'open';
  return length >= FRAGMENT && !PHRASE.test(core) ? 'open' : 'more';
}

/** Digits of the shortest telephone number, and of one with an area code. */
const SHORT_NUMBER = 7;
const LONG_NUMBER = 10;
/** Digits from which a number counts as one without being asked for. */
const PIECE = 3;
/** Numbers that are short. */
const COUNTED =
  /\b(?:room|house|flat|apartment|suite|unit|floor|gate|line|page|extension|size|bus|platform|table|version) (?:number )?(?:is )?\w+$/;
/** "I don't have one." */
const PRONOUN_ONE =
  /\b(?:have|has|got|need|want|a|the|this|that|which|another|new|no|any|old|same) one$/;
/** What is dictated letter by letter. */
const SPELLED =
  /\b(?:reference|code|postcode|zip|plate|serial|id|email|spell|spelled|letters?)\b.* [b-hj-z]$/;

/** How a number that is dictated ends; undefined if the caller is not saying one. */
function endOfNumber(text: string, asked: Asked): Endpoint | undefined {
  if (SPELLED.test(text)) return 'unfinished';
  const { digits, others } = digitsIn(text);
  if (digits === 0 || COUNTED.test(text) || (digits === 1 && PRONOUN_ONE.test(text))) {
    return undefined;
  }
  const last = digitsIn(text.slice(text.lastIndexOf(' ') + 1));
  const isNamed =
    last.digits > 0 && (digits >= PIECE ? /\b(?:number|phone)\b/ : /\bnumber is\b/).test(text);
  const isDictated = others === 0 && digits >= PIECE;
  if (asked !== 'number' && (asked === 'when' || !(isNamed || isDictated))) return undefined;
  if (digits < SHORT_NUMBER) return 'unfinished';
  return digits < LONG_NUMBER ? 'more' : 'closed';
}

const DIGITS = ['oh', 'o', 'nought', ...Array.from({ length: 10 }, (_, n) => cardinal(n))];
/** Words for two digits: "fourteen", "forty". */
const PAIRS = Array.from({ length: 90 }, (_, n) => cardinal(n + 10)).filter(
  (word) => !word.includes('-'),
);
/** Words before a digit, and how many more digits they add. */
const TIMES: Readonly<Record<string, number>> = { double: 1, triple: 2, treble: 2 };

/**
 * Number of digits in a text, however STT wrote them, and of words that are not part of a number. People say a
 * telephone number in parts, and a part is not the number.
 */
export function digitsIn(text: string): { digits: number; others: number } {
  let digits = 0;
  let others = 0;
  for (const word of text.toLowerCase().match(/[a-z']+|\d+/g) ?? []) {
    if (/\d/.test(word)) digits += word.length;
    else if (DIGITS.includes(word)) digits += 1;
    else if (PAIRS.includes(word)) digits += 2;
    else if (word in TIMES) digits += TIMES[word] ?? 0;
    else others += 1;
  }
  return { digits, others };
}

/** Kinds of questions, which tell when an answer is complete: "yes" is, three digits of a telephone number are not. */
export type Asked = 'yes or no' | 'number' | 'name' | 'when' | 'anything';

/** The last question of a text, or ''. */
export function lastQuestion(said: string): string {
  const text = said.trimEnd();
  if (!text.endsWith('?')) return '';
  const before = text.slice(0, -1);
  const from = Math.max(...['.', '!', '?'].map((end) => before.lastIndexOf(end))) + 1;
  return from === before.length ? '' : text.slice(from).trim();
}

/** Checked in this order: "what number …" asks for a number, "shall I …" for a yes. */
const KINDS: readonly (readonly [Asked, RegExp])[] = [
  ['number', /\b(?:number|digits?|phone)\b/i],
  ['name', /\bname\b|^who\b/i],
  ['yes or no', /^(?:shall|should|would|will|is|are|was|do|does|did|can|could|have|has|may)\b/i],
  ['when', /\b(?:when|days?|times?|which)\b/i],
];

/** The kind of answer that the last question in the agent's text asks for. */
export function askedIn(said: string): Asked {
  const question = lastQuestion(said);
  return KINDS.find(([, pattern]) => pattern.test(question))?.[0] ?? 'anything';
}

/** The text of the last message of a role, or ''. */
export function lastOf(items: readonly llm.ChatItem[], role: llm.ChatRole): string {
  const found = items.findLast((item) => item.type === 'message' && item.role === role);
  return (found?.type === 'message' && found.textContent) || '';
}
