// What callers say to any agent, in one normal form: a small STT model writes numbers as words, confuses "for" and
// "four", and turns "Thursday" into "thirsty".

import { spokenDates } from '@/agent/scripted/written-dates';
import { cardinal, ordinal } from '@/agent/speech/figures';

const UNITS = Array.from({ length: 20 }, (_, n) => cardinal(n));
const TENS = [20, 30, 40, 50, 60, 70, 80, 90].map(cardinal);
const ORDINALS = Array.from({ length: 19 }, (_, n) => ordinal(n + 1));
const TIME_WORD = "o'clock|pm|am|thirty|fifteen|forty|twenty";

/** STT output → what was said. Applied in this order to lower-case text. */
const REPAIRS: readonly (readonly [RegExp, string])[] = [
  [/[’‘`]/g, "'"],
  [/\b([ap])\.? ?m\b\.?/g, '$1m'],
  [/\b([01]?\d|2[0-4])\.([0-5]\d)\b/g, '$1:$2'],
  [/\bo'?[ -]?clock\b/g, "o'clock"],
  [/\b(\d{1,2}(?::\d\d)?)([ap])\b/g, '$1$2m'],
  [new RegExp(`(?<=\\d|\\b(?:${UNITS.slice(1, 13).join('|')}|noon))-?ish\\b`, 'g'), ''],
  [/\b(?:1\/2|half a) past\b/g, 'half past'],
  [/\b(do|does|did|is|are|ca|wo|could|would)nt\b/g, "$1n't"],
  [/'?\btill?\b/g, 'till'],
  [/\bmid-day\b/g, 'midday'],
  [/\bwk(s?)\b/g, 'week$1'],
  [/\bw\/?e(?:nd)?\b|\bwknd\b/g, 'weekend'],
  [/\bnxt\b/g, 'next'],
  [/\b(?:mornin|morn|mrng|mornings?')(?= |$)/g, 'morning'],
  [/\b(?:arvo|aft|afternon|afternoo|aftrnoon|afternnon)\b/g, 'afternoon'],
  [/(?<=[a-z]) ?[&+] ?(?=[a-z])/g, ' and '],
  [/\b(quarter|half|five|ten|twenty|\d+) (past|to) (?:noon|midday)\b/g, '$1 $2 twelve'],
  [/\b(quarter|half|five|ten|twenty|\d+) (past|to) midnight\b/g, '$1 $2 twelve am'],
  [/\bgood-?by\b/g, 'goodbye'],
  [/\bto-(?=day|morrow|night)\b/g, 'to'],
  [/(?<=\d) ?\/ ?(?=\d)/g, '/'],
  [/[-–—_]/g, ' '],
  [/(?<!\d):|:(?!\d)|(?<!\d)\/|\/(?!\d)/g, ' '],
  [/[^\p{L}0-9':/\s]/gu, ' '],
  [/\s+/g, ' '],
  [/^ | $/g, ''],
  [/\b(?:wed?n?e?sda?y|wednsday|wendsday|weds|wed)\b/g, 'wednesday'],
  [
    /\b(?:thurs|thur|thu|thirsday|thursdy|thuesday|thirsty|thirst day|thirdsday|thirds day)\b/g,
    'thursday',
  ],
  [/^((?:(?:no|on|for|next|actually|make it) )*)thirty$/g, '$1thursday'],
  [/\b(?:tues|tue|tuesy|tuseday|tuesdy|chews ?day)\b/g, 'tuesday'],
  [/\b(?:mon|mondy|munday|mon day)\b/g, 'monday'],
  [/\b(?:fri|fryday|fri day|fry day|firday|(?:on |for )?free day)\b/g, 'friday'],
  [/\b(?:saterday|saturdy|satur day)\b/g, 'saturday'],
  [/\b(?:sundy|sun day)\b/g, 'sunday'],
  // "I sat in the sun" names no days.
  [
    /(?<=^|\b(?:on|next|this|coming|until|or|and|to|not|no|before|after|by|from|sorry|\w+day) )sat(?= |$)/g,
    'saturday',
  ],
  [
    /(?<=^|\b(?:on|next|this|coming|until|or|and|to|not|no|before|after|by|from|sorry|\w+day) )sun(?= |$)/g,
    'sunday',
  ],
  [/\b(?:[t2][om]*m[oa]?r+[ow]*|tmw|2mw|(?:2|to)mo?z|to morrow)\b/g, 'tomorrow'],
  // "No Mondays" excludes them; "no, Monday" corrects.
  [
    /\bno (?=(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|morning|afternoon|evening)s\b)/g,
    'not ',
  ],
  [/\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)'?s\b/g, '$1'],
  [/\b(that's|thats|it's|its|you're) (?:rite|write)\b/g, "that's right"],
  [/\bthats\b/g, "that's"],
  [/\b(that's|that is) (?:awl|or)$/g, '$1 all'],
  [/^know$/g, 'no'],
  [/\bwhat'?s you're\b/g, "what's your"],
  [/\b(do you|you) clothes\b/g, '$1 close'],
  [/^wears?(?= (?:the|your)\b)/g, 'where is'],
  [/^((?:(?:no|or|actually|wait|oh|rather|sorry|at) )+)(?:to|too)$/g, '$1two'],
  [/^((?:(?:no|or|actually|wait|oh|rather|sorry|at) )+)(?:for|fore)$/g, '$1four'],
  [/^((?:(?:no|or|actually|wait|oh|rather|sorry|at|then|ok) )+)(?:won|one)$/g, '$11'],
  [/\b(?:half|have|has|how) (?:a )?(?:passed|past)(?: till?(?= \w))?\b/g, 'half past'],
  [/\b(quarter|ten|five|twenty) passed\b/g, '$1 past'],
  [/\bhalf past (?:to|too|you|do|through)\b/g, 'half past two'],
  [/\bhalf past for\b/g, 'half past four'],
  [/\b(at|past|around|about|make it) free\b(?! (?:of|for))/g, '$1 three'],
  [/^free(?= (?:o'clock|pm|thirty|fifteen)|$)/g, 'three'],
  [new RegExp(`\\b(at|around|about|past) (?:to|too)(?= (?:${TIME_WORD})|$)`, 'g'), '$1 two'],
  [new RegExp(`\\b(at|around|about|past) (?:for|fore)(?= (?:${TIME_WORD})|$)`, 'g'), '$1 four'],
  [new RegExp(`^(?:to|too)(?= (?:${TIME_WORD})|$)`, 'g'), 'two'],
  [new RegExp(`^(?:for|fore)(?= (?:${TIME_WORD})|$)`, 'g'), 'four'],
  [/\b(at|past) ate\b/g, '$1 eight'],
  [/\b(at|past) won\b/g, '$1 one'],
  [
    /(?<!\b(?:at|by|past|to|till|around|about|half|quarter|after|before|until|and|or|that|it) )\b(?:4|four) (?=(?:\w+day|today|tomorrow|next|this|the|my|a|an|me)\b)/g,
    'for ',
  ],
  [
    /\b(?:2|too) (?=(?:book|make|see|speak|leave|cancel|change|talk|come|get|have|ask|know|be|the|my|a)\b)/g,
    'to ',
  ],
];

const numberOf = (word: string | undefined) => (word ? UNITS.indexOf(word) : -1);
/** "1st", "2nd", "11th". */
export const nth = (n: number) =>
  `${n}${n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;

/** "one" is a number next to a time or number; otherwise it stays, as in "the first one". */
function oneIsNumber(
  previous: string | undefined,
  next: string | undefined,
  after: string | undefined,
): boolean {
  // "One or two."
  if (/^(?:or|and|to)$/.test(next ?? '') && numberOf(after) >= 0) return true;
  if (/^(?:o'clock|pm|am|thirty|fifteen|forty|twenty|ten|oh)$/.test(next ?? '')) return true;
  if (previous === undefined) return next === undefined || numberOf(next) >= 0;
  return (
    /^(?:at|around|about|past|to|after|before|until|from|between|half|by|till|or|double|triple|room|number|1)$/.test(
      previous,
    ) || UNITS.includes(previous)
  );
}

/** Number words to digits: "twenty seventh" → "27th", "two thirty" stays two numbers, "2 30". */
function digits(text: string): string {
  const words = text.split(' ');
  const out: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const next = words[i + 1];
    const tens = TENS.indexOf(word);
    const ordinal = ORDINALS.indexOf(word);
    if (tens >= 0) {
      const value = (tens + 2) * 10;
      const unit = numberOf(next);
      const unitNth = next ? ORDINALS.indexOf(next) + 1 : 0;
      const more = (unit > 0 && unit < 10) || (unitNth > 0 && unitNth < 10);
      if (unit > 0 && unit < 10) out.push(String(value + unit));
      else out.push(more ? nth(value + unitNth) : String(value));
      if (more) i += 1;
    } else if (word === 'twentieth' || word === 'thirtieth') {
      out.push(word === 'twentieth' ? '20th' : '30th');
    } else if (ordinal >= 0) out.push(nth(ordinal + 1));
    else if (word === 'one' && !oneIsNumber(words[i - 1], next, words[i + 2])) out.push(word);
    else out.push(numberOf(word) >= 0 ? String(numberOf(word)) : word);
  }
  return out.join(' ');
}

/**
 * The same characters in one form: without invisible ones, which copied text has, with plain hyphens and digits, and
 * accents as part of their letter.
 */
export const visible = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\u2010-\u2012\u2212]/g, '-');

/** The normal form of an utterance: lower case, no punctuation, corrected, numbers as digits. */
export function plain(text: string): string {
  let out = spokenDates(visible(text).toLowerCase());
  for (const [pattern, repair] of REPAIRS) out = out.replace(pattern, repair);
  return digits(out.trim()).replace(/\s+/g, ' ').trim();
}

/** Plain text without articles and courtesies, so that "book me an appointment" contains "book". */
const bare = (text: string) =>
  text
    .replace(
      /\b(?:a|an|the|my|your|our|his|her|another|new|some|any|please|just|also|really)\b/g,
      ' ',
    )
    .replace(/\s+/g, ' ')
    .trim();

/** Maximum words instead of a "*". */
const GAP = 3;
const listed = new Map<string, readonly string[]>();
const phrasesOf = (list: string) => {
  const phrases = listed.get(list) ?? list.split(',').map(phraseOf).filter(Boolean);
  listed.set(list, phrases);
  return phrases;
};
/** A phrase as a pattern for plain text; its "*" stands for a few words. */
const phraseOf = (phrase: string) =>
  phrase
    .split('*')
    .map((part) => bare(plain(part)))
    .join(`(?: \\S+){0,${GAP}} `);

/** Whether plain text contains one of these comma-separated phrases. */
export function includes(list: string, text: string): boolean {
  const padded = ` ${bare(text)} `;
  return phrasesOf(list).some((phrase) => new RegExp(` ${phrase}s? `).test(padded));
}

/** Whether the utterance consists only of words of one of these phrases: "appointment, please". */
export function abbreviates(list: string, text: string): boolean {
  const said = bare(text.replace(/\b(?:yes|hello|hi|on|at|for|in|and|then|i|would|like)\b/g, ' '))
    .split(' ')
    .filter((word) => word !== '');
  if (said.length === 0 || said.every((word) => word.length < 4)) return false;
  return phrasesOf(list).some((phrase) => {
    const words = phrase.split(' ');
    return said.every((word) => words.includes(word) || words.includes(word.replace(/s$/, '')));
  });
}

const FILLER = '(?:(?:um|uh|oh|well|ah|ha|hm+|then|and|so|but|actually|sorry|or|ok|okay) )*';
const COURTESY =
  "(?: (?:thanks|thank you|please|sorry|not now|not today|nothing|at all|very much|so much|for now|everything|is|fine|good|that's|it|all|i'm|done|ok|okay))*";

const DONE =
  "that's (?:all|it|everything)|that is (?:all|everything)|that(?:'ll| will) be all|nothing else|nothing more|(?:i'm|i am|we're|we are) (?:all )?(?:done|good|finished|set)|no more(?: questions)?|all done|all set";

/** Intents that any agent understands, as patterns for plain text. */
export const SAID = {
  yes: new RegExp(
    `^${FILLER}(?:yes|yeah|mhm|mm hm+|uh huh|yep|yup|ya|yea|ye|sure|ok|okay|correct|right|exactly|perfect|great|fine|lovely|wonderful|excellent|absolutely|definitely|certainly|of course|please(?: do)?$|m ?s please$|go ahead|do (?:it|that)|if you would|(?:that|it|this)(?:'s| is| sounds| works| will| would| seems)? ?(?:is |be )?(?:right|correct|fine|good|great|perfect|ok|okay|do|lovely)|sounds (?:good|great|fine|right)|works for me|i do$|i would$|all right|alright|no (?:that|it)'s (?:fine|right|good|correct|perfect))\\b|^(?!(?:not|if|whether|when|how|what) )\\w+ that(?:'s| is) (?:right|correct)$`,
  ),
  no: new RegExp(
    `^${FILLER}(?:no|nope|nah|not really|not quite|none|neither|wrong|that's (?:wrong|not)|that is (?:wrong|not)|incorrect|i don't|don't|i(?:'d| would) (?:rather|prefer) not)\\b`,
  ),
  /** A no with at most courtesies, or that nothing more is wanted: "No, that's all, thanks." */
  noAlone: new RegExp(
    `^${FILLER}(?:${DONE}|no|nope|nah|not really|nothing|none)${COURTESY}(?: (?:no|nope|not really|${DONE}))?${COURTESY}$`,
  ),
  /** Begins with the word itself. */
  refuses: new RegExp(`^${FILLER}(?:no|nope|nah)\\b(?! more\\b)`),
  bye: /\b(?:good ?bye|bye|see you(?: later| then| soon| tomorrow)?$|talk to you later|hang up|end (?:the|this) call|have a (?:good|nice|great) (?:day|one|weekend|evening))\b|^(?:by|buy|good buy)(?: (?:by|buy|bye))?$|\b(?:i will|i'll|let me) (?:try|call|ring)(?: you)?(?: back| again)? later\b/,
  done: new RegExp(`\\b(?:${DONE})\\b`),
  repeat:
    /\b(?:repeat|say (?:that|it|the \w+) again|read (?:it|that) (?:back|again)|again please$|come again|once more|pardon|what did you say|what was that|didn't (?:catch|hear|get|understand) (?:that|you)|couldn't hear|one more time)\b|^(?:what|sorry|huh|eh|excuse me)(?: what)?$/,
  /** Asks for the rest of an answer, with these words only. */
  goOn: new RegExp(
    `^${FILLER}(?:yes )?(?:please )?(?:go on|carry on|continue|keep (?:going|talking)|finish(?: that| your sentence)?|(?:what|as) (?:were )?you (?:were )?saying|you were saying|(?:and )?(?:then what|what else|the rest))${COURTESY}$`,
  ),
  spell: /\b(?:spell|how (?:do|did) you write|letter by letter)\b/,
  stop: /\b(?:never ?mind|forget (?:it|about it|that)|stop|leave it|cancel (?:it|that)?$|^cancel|changed my mind|start (?:over|again))\b/,
  thanks: /\b(?:thanks|thank you|cheers|much appreciated)\b/,
  hello:
    /^(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening|day)|how are you|(?:can you|do you) hear me|are you there)\b/,
  wait: /\b(?:hold on|hang on|just a (?:moment|minute|second|sec)|(?:one|1) (?:moment|second|minute|sec)|let me (?:think|see|check)|bear with me)\b/,
  identity:
    /\b(?:who (?:are you|am i|is this)|who's this|what(?:'s| is) your name|are you (?:a |an )?(?:real|robot|human|person|machine|computer|bot|ai))\b/,
  help: /\b(?:what (?:else )?can (?:you|i) (?:do|ask|say)|how can you help|help me|need (?:some )?help|what are my options)\b|^help$/,
  passedOn:
    /\bwhat (?:did|have|do) (?:i|you) (?:tell|told|said?|know|already know|hear)\b|\bwhat (?:did|has) \w+ (?:tell|told|say to|said to) (?:you|u)\b|\bwhat were you told\b|\bwhy (?:am i|i'm|i am) calling\b/,
  private: /\b(?:in private|privately|private(?:ly)? room|a room of (?:my|our) own)\b/,
  any: /\b(?:any(?: (?:time|day|of them|one))?|whenever|either|whatever|(?:the )?(?:earliest|soonest)|(?:as )?soon as (?:possible|you can)|asap|you choose|doesn't matter|don't mind|next available)\b/,
  person:
    /\b(?:(?:speak|talk) (?:to|with) (?:a |an |some|any|the )?(?:human|person|one|somebody|someone|people|real|manager|operator|agent|colleague)|(?:want|need|get me) (?:a |an |the )?(?:real |other )?(?:person|human(?: being)?|manager|colleague)|real person|operator|call me back)\b|^(?:real )?(?:agent|human|person)$/,
  /** Words of German, French, Spanish and Italian that no English sentence contains; and other scripts. */
  foreign:
    /\b(?:ich|nicht|bitte|guten|möchte|haben|sprechen|deutsch|wann|einen|brauche|danke|heute|morgen|nächsten?|kommenden?|woche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|halb|viertel|uhr|mittags|mitternacht|vormittags?|nachmittags?|abends|januar|februar|märz|oktober|dezember|bonjour|je|voudrais|vous|merci|parlez|français|pour|hola|quiero|gracias|usted|español|necesito|cuando|buongiorno|vorrei|grazie|sono)\b|übermorgen|[^\p{Script=Latin}\p{N}\p{P}\p{S}\s]/u,
  asksLanguage:
    /\b(?:do|can|does) (?:you|anyone|anybody|someone) (?:here )?speak (?!to\b|with\b|up\b|louder|english\b|slower)\w+/,
} as const satisfies Record<string, RegExp>;

/** A question that only tells or asks about something, without a request for action. */
const ABOUT =
  /^(?:(?:and|so|but|ok|um|uh|well|hello|hi) )*(?:do i|did|does|have i|has|was|were|why|how (?:long|much|many|old)|are my|is my|is the|are the|who|who's|what|what's|which)\b|\b(?:don't|didn't|not) (?:want to |need to |have to )?(?!\w*day$|tomorrow|weekends?$|(?:morning|afternoon|evening)s?$|noon$|\d)\w+$|\b(?:i|we) (?:already|just) \w+ed\b|\b(?:don't|do not|didn't) (?:want|need|like)\b/;

/** Whether an utterance can be a request for action: a noun in a question is not. */
export const mayAsk = (text: string): boolean => !ABOUT.test(text);

/** Whether it is phrased as a question. */
export const isQuestion = (heard: string, text: string): boolean =>
  heard.trim().endsWith('?') ||
  /^(?:(?:and|so|but|ok|um|uh|well|sorry) )*(?:what|what's|how|why|do you|does|is there|are you|are there|which|where|when|who)\b/.test(
    text,
  );

/** "a, b or c". */
export function list(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** With a capital first letter, as a sentence begins. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
