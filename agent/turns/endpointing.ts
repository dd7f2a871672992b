// Endpointing: whether the words so far sound complete. A pure function of the words and the question, for English
// only. The delay for each result was measured: docs/turns.md.
import type { llm } from '@livekit/agents';
import { cardinal } from '@/agent/speech/figures';

/**
 * How an utterance ends:
 * - `closed`: complete, as after "yes", "on Friday" or a question.
 * - `said`: a whole sentence; another may follow.
 * - `more`: a few words, or a request that people often extend: "I'd like an appointment" … "for Friday".
 * - `unfinished`: cannot end here: "for", "um", half a telephone number.
 */
export type Endpoint = 'closed' | 'said' | 'more' | 'unfinished';

/** Milliseconds of silence after which a turn with that ending is over. */
export const ENDPOINTING_DELAY_MS: Readonly<Record<Endpoint, number>> = {
  closed: 352,
  said: 420,
  more: 1_100,
  unfinished: 1_700,
};

const words = (list: string) => list.trim().split(/\s+/);

const FILLERS = new Set(words('um uh uhm er erm eh hm hmm mm well so like'));
/** No sentence ends with these words. */
const BINDERS = new Set(
  words(`and or but because cause if whether than as the a an my your our their every very just maybe
    perhaps mr mrs ms next to i i'd i'll i've we'd they're you're`),
);
/** Only a question ends with these words: "Who is it from?" */
const OPENERS = new Set(
  words(`for with from of at in on by about between before after until under around near is are was were
    am be i'm it's that's there's we're we he she they can could would should will does did have has
    had want need book make get take say which what when where how who his her quite really`),
);
const TITLE = /(?:^|(?<!\b(?:the|a|my|your|this|that|another|which)) )(?:doctor|dr)$/;
/** Phrases at the end of an utterance that gain time to think. */
const THINKING =
  /\b(?:(?:tell|say|said|told|know|hope|sure) (?:\w+ ){0,2}that|let me (?:see|think|check|look)|hold on|hang on|(?:one|just a|a) (?:moment|second|minute|sec)(?: please)?|wait|you know|i mean|i think|i guess|kind of|sort of|i was (?:wondering|hoping)|i would|how about|what about)$/;

/** Complete answers, alone or in a row. */
const ANSWERS = new Set(
  words(`yes yeah yea yep yup no nope nah sure okay ok fine please thanks thank you correct
    right exactly great good perfect lovely wonderful absolutely certainly definitely of course not
    really that that's is it all bye goodbye cheers nothing else hello hi stop`),
);
const GREETED = '^(?:(?:and|so|hi|hello|okay|well|sorry|yes|no|please|but) )*';
/** A question by its first words; STT does not always write the question mark. */
const WH = new RegExp(`${GREETED}(?:what|when|where|who|why|how|which)\\b`);
const ASKS = new RegExp(`${GREETED}(?:is|are|do|does|did|will|am|was|were)\\b`);
/** A request, often followed by a time or a person. */
const REQUESTS = new RegExp(
  `${GREETED}(?:i'd like|i would like|i want|i need|we need|i have to|i'm calling|i am calling|i was|can|could|may|would it|book|cancel|move|change|a|an)\\b`,
);
/** A time or date, with which most requests and answers end. */
const WHEN =
  /\b(?:today|to day|tomorrow|to morrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|morning|afternoon|evening|week|weekend|month|o'clock|noon|midday|january|february|march|april|june|july|august|september|october|november|december|possible|soon|half past \w+|\w+ (?:thirty|fifteen)|\d+:\d\d(?: ?[ap]m)?|\d+ ?[ap]m)$/;
/** Phrases after which an utterance is complete. */
const WHOLE = /\b(?:all|everything|what) (?:that )?(?:i|we) (?:need|want|have)$/;
/** A yes or no with something added. */
const DECIDED = /^(?:(?:um|uh|well|okay|oh) )*(?:yes|yeah|yep|no|nope) /;
/** An hour that may be followed by minutes. */
const HOUR =
  /\b(?:at|around|about|until|after|before) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})$/;
/** Digits of the shortest telephone number, and of one with an area code. */
const SHORT_NUMBER = 7;
const LONG_NUMBER = 10;
/** Digits from which a number counts as one without being asked for. */
const PIECE = 3;
const FULL_NAME = 2;
/** Words of a sentence that is probably complete; people who stop to think say fewer. */
const SENTENCE = 6;
/** A complete answer to a question for a number, without a number. */
const NONE = /\b(?:no|not|never|don't|bye|goodbye|thanks|thank you)\b/;

/** How an utterance ends, given the agent's question. */
export function endpointOf(heard: string, asked: Asked): Endpoint {
  const marked = heard.trim().endsWith('?');
  const text = heard
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^a-z0-9':]+/g, ' ')
    .trim()
    .replace(/\bgood by\b/g, 'goodbye')
    .replace(/ (?:very|so) much$/, '');
  const said = text.split(' ');
  const last = said.at(-1) ?? '';
  if (text === '' || FILLERS.has(last) || THINKING.test(text)) return 'unfinished';
  const number = endOfNumber(text, asked);
  if (number) return number;
  if (said.every((word) => ANSWERS.has(word)) || WHOLE.test(text)) return 'closed';
  if (BINDERS.has(last) || TITLE.test(text)) return 'unfinished';
  if (OPENERS.has(last) && !(marked && WH.test(text))) return 'unfinished';
  if (WHEN.test(text.replace(/ please$/, ''))) return 'closed';
  if (HOUR.test(text)) return 'more';
  if (said.length > 2 && (marked ? WH.test(text) || ASKS.test(text) : WH.test(text)))
    return 'closed';
  if (REQUESTS.test(text)) return 'more';
  if (asked === 'name' && said.length >= FULL_NAME) return 'closed';
  if (asked === 'yes or no' && DECIDED.test(text)) return 'said';
  return said.length < SENTENCE ? 'more' : 'said';
}

/** How a telephone number ends; undefined if the caller is not saying one. */
function endOfNumber(text: string, asked: Asked): Endpoint | undefined {
  const { digits, others } = digitsIn(text);
  if (asked === 'number' && digits === 0) return NONE.test(text) ? undefined : 'more';
  const telephone = others === 0 || /\b(?:number|phone)\b/.test(text);
  if (asked !== 'number' && !(telephone && digits >= PIECE)) return undefined;
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
