// Brings what a caller said into one plain form before anything is looked for in it. A small speech
// recogniser writes numbers as words, mixes up "for" and "four", and splits "appointment" in two.

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ['twenty', 'thirty', 'forty', 'fifty'];
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const DAY =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|next|this|the|my|a|an|me|doctor|nurse';
const ACTION =
  'book|make|see|speak|leave|cancel|change|move|talk|come|get|have|ask|know|be|arrange|find|pass|the|my|a|doctor';

/** What the recogniser writes → what was said. In this order; each on the lower-case text. */
const REPAIRS: readonly (readonly [RegExp, string])[] = [
  [/[’‘`]/g, "'"],
  [/\b([ap])\.? ?m\b\.?/g, '$1m'],
  [/\bdr\b\.?/g, 'doctor'],
  [/(\d)[.](\d\d)\b/g, '$1:$2'],
  [/\bo'?[ -]?clock\b/g, "o'clock"],
  [/\bgood-?by\b/g, 'goodbye'],
  [/\bto-(?=day|morrow|night)\b/g, 'to'],
  [/[-–—_]/g, ' '],
  [/(?<!\d):|:(?!\d)/g, ' '],
  [/(?<!\d)\/|\/(?!\d)/g, ' '],
  [/[^a-z0-9':/\s]/g, ' '],
  [/\s+/g, ' '],
  [/^ | $/g, ''],
  // Words that only swear, and a greeting's "today", say nothing about the matter.
  [
    /\b(?:damn(?:ed)?(?: it)?|bloody|fuck(?:ing|in)|god ?damn|for (?:god|christ|heaven)'?s sake)\b/g,
    '',
  ],
  [/\b(how are (?:you|things))(?: (?:doing|feeling|going))? (?:today|this \w+|tonight)\b/g, '$1'],
  [/\s+/g, ' '],
  [/^ | $/g, ''],
  [/\ban? (?:pointme?nt|point (?:ment|meant|men|mint))(s?)\b/g, 'an appointment$1'],
  [
    /\b(?:pointment|apoint?ment|appointmen|apointmen|appoinment|appointement|appoint ment|appt)(s?)\b/g,
    'appointment$1',
  ],
  [/\b(?:a|an|and|can't) (?:avoid|void) ?(?:meant|ment|mint)\b/g, 'an appointment'],
  [/\ba appointment\b/g, 'an appointment'],
  [/\b(?:in |an |a )?(?:in )?voice(?= number| \d)|\bin voices?\b/g, 'invoice'],
  [/\babout (my|the|an|this|that) voice\b/g, 'about $1 invoice'],
  [/\b(?:wed?n?e?sda?y|wednsday|wendsday|weds|wed)\b/g, 'wednesday'],
  [/\b(?:thurs|thur|thirsday|thursdy|thuesday)\b/g, 'thursday'],
  [/\b(?:on |for )?free day\b/g, 'friday'],
  [/\b(that's|thats|it's|its|you're|yes that's) (?:rite|write)\b/g, '$1 right'],
  [/\bthats\b/g, "that's"],
  [/\b(that's|that is) (?:awl|or)$/g, '$1 all'],
  [/^know$/g, 'no'],
  [/\bwhats you're\b|\bwhat's you're\b/g, "what's your"],
  [/\bis their\b/g, 'is there'],
  [/^wears?(?= (?:the|your)\b)/g, 'where is'],
  [/\b(do you|you) clothes\b/g, '$1 close'],
  [/^((?:(?:no|or|actually|wait|oh|rather|sorry|at) )+)(?:to|too)$/g, '$1two'],
  [/^((?:(?:no|or|actually|wait|oh|rather|sorry|at) )+)(?:for|fore)$/g, '$1four'],
  [/^((?:(?:no|or|actually|wait|oh|rather|sorry|at) )+)won$/g, '$1one'],
  [/^((?:(?:ok|then|no|or|at) )+)one$/g, '$11'],
  [/\bnot (?:on )?a \w+days?\b/g, ' '],
  // "Thursday, no, Tuesday I mean": the last word counts.
  [/\b\w+day (?:no|sorry|no wait|i mean)(?: i mean)? (?=(?:on )?\w+day\b)/g, ''],
  [/\b(?:tues|tuesy|tuseday|tuesdy|chews day)\b/g, 'tuesday'],
  [/\b(?:mon|mondy|munday|mon day)\b/g, 'monday'],
  [/\b(?:fri|fryday|fri day|fry day|firday)\b/g, 'friday'],
  [/\b(?:saterday|saturdy|satur day)\b/g, 'saturday'],
  [/\b(?:sundy|sun day)\b/g, 'sunday'],
  [/\b(?:tomorow|tommorow|tommorrow|tomorro|to morrow)\b/g, 'tomorrow'],
  [/\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)'?s\b/g, '$1'],
  [/\b(?:half|have|has|how) (?:a )?(?:passed|past)\b/g, 'half past'],
  [/\b(?:thirsty|thirst day|thirdsday|thirds day)\b/g, 'thursday'],
  [/^((?:(?:no|on|for|next|actually|make it) )*)thirty$/g, '$1thursday'],
  [/\b(at|past|around|about|make it) free\b(?! (?:of|for))/g, '$1 three'],
  [/^free(?= (?:o'clock|pm|thirty|fifteen)|$)/g, 'three'],
  [/\b(quarter|ten|five|twenty) passed\b/g, '$1 past'],
  // "Half past eleven" comes as "half passed till eleven".
  [/\bhalf past (?:till|til)(?= \w)/g, 'half past'],
  [/\bhalf past (?:to|too|you|do|through)\b/g, 'half past two'],
  [/\bhalf past for\b/g, 'half past four'],
  [
    /\b(at|around|about|past) (?:to|too)(?= (?:o'clock|pm|am|thirty|fifteen|forty|twenty)|$)/g,
    '$1 two',
  ],
  [
    /\b(at|around|about|past) (?:for|fore)(?= (?:o'clock|pm|am|thirty|fifteen|forty|twenty)|$)/g,
    '$1 four',
  ],
  [/^(?:to|too)(?= (?:o'clock|pm|am|thirty|fifteen|forty)|$)/g, 'two'],
  [/^(?:for|fore)(?= (?:o'clock|pm|am|thirty|fifteen|forty)|$)/g, 'four'],
  [/\b(at|past) (?:ate)\b/g, '$1 eight'],
  [/\b(at|past) (?:won)\b/g, '$1 one'],
  [new RegExp(`\\b(?:4|four) (?=(?:${DAY})\\b)`, 'g'), 'for '],
  [new RegExp(`\\b(?:2|two|too) (?=(?:${ACTION})\\b)`, 'g'), 'to '],
];

const numberOf = (word: string | undefined) => (word ? UNITS.indexOf(word) : -1);
const ordinalText = (n: number) =>
  `${n}${n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;

/** "one" is a number next to what makes it a time, else it is as in "the first one". */
function oneIsNumber(previous: string | undefined, next: string | undefined): boolean {
  if (previous === undefined) return next === undefined || /^(o'clock|pm|am)$/.test(next);
  return (
    /^(at|around|about|past|to|after|before|until|from|between|double|triple)$/.test(previous) ||
    UNITS.includes(previous) ||
    /^(o'clock|pm|am|thirty|fifteen|forty|twenty|ten|oh)$/.test(next ?? '')
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
      const nth = next ? ORDINALS.indexOf(next) + 1 : 0;
      if (unit > 0 && unit < 10) out.push(String(value + unit));
      else if (nth > 0 && nth < 10) out.push(ordinalText(value + nth));
      else {
        out.push(String(value));
        continue;
      }
      i += 1;
    } else if (/^(twentieth|thirtieth)$/.test(word)) {
      out.push(word === 'twentieth' ? '20th' : '30th');
    } else if (ordinal >= 0) out.push(ordinalText(ordinal + 1));
    else if (word === 'one' && !oneIsNumber(words[i - 1], next)) out.push(word);
    else if (numberOf(word) >= 0) out.push(String(numberOf(word)));
    else out.push(word);
  }
  return out.join(' ');
}

/** One plain form of what was said: lower case, no punctuation, repaired, numbers as digits. */
export function plain(text: string): string {
  let out = text.toLowerCase();
  for (const [pattern, repair] of REPAIRS) out = out.replace(pattern, repair);
  return digits(out.trim()).replace(/\s+/g, ' ').trim();
}

const CLAUSE =
  /(?<=[.!?;])\s+|,\s+(?=(?:who|what|when|where|how)\b)|,?\s+(?:and|but|also|then)\s+(?:also\s+|first\s+)?(?=(?:can|could|may|i|i'd|i'm|my|what|what's|when|where|who|how|do|does|are|is|please|tell|book|make|leave|which|would|will|it's|is|the name|another|yes)\b)/i;

/** The parts of what was said that can each be a request of its own, as they were heard. */
export function clauses(text: string): string[] {
  const whole = text
    .replace(/\b([ap])\.\s?m\./gi, '$1m')
    .replace(/\b(Dr|Mr|Mrs|Ms|St)\.(?=\s)/gi, '$1');
  return whole
    .split(CLAUSE)
    .map((part) => part.trim())
    .filter((part) => /[a-z0-9]/i.test(part));
}

/** How many letters differ (Levenshtein). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
