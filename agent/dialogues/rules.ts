// What is asked of every answer in every dialogue, whatever it is about: that a caller is never left
// with nothing to go on, is not told the same twice in a row, and hears no program speak.

/** Most words of one answer: some 15 s of speech, about what one keeps in mind. Our own choice. */
const MOST_WORDS = 40;

/** Sentences that only receive what was said: nothing in them goes on. */
const ONLY_RECEIVES =
  /^(?:(?:i'm |i am )?sorry\b.*|i (?:didn't|did not|don't|do not|can't|cannot)\b.*|i'm afraid\b.*|all right|alright|okay|ok|no problem|of course|sure|right|good|fine|thank you|thanks|pardon|hm+|oh|yes|no)$/i;

/** The same in German. */
const ONLY_RECEIVES_GERMAN =
  /^(?:(?:es|das) tut mir leid\b.*|(?:das|es|ich) (?:weiß|verstehe|habe) .*\bnicht\b.*|ich (?:verstehe|komme leider nicht dahinter)|ich höre sie nicht|in ordnung|einverstanden|alles klar|kein problem|das macht (?:gar )?nichts|gern|sehr gern|natürlich|selbstverständlich|gut|schön|prima|danke|vielen dank|gern geschehen|verzeihung|mhm|aha|ja|nein)$/i;

/** What only programs say: names of tools and fields, ISO dates, clock times, values of nothing. */
const INTERNAL =
  /\b(?:undefined|null|NaN|object|true|false|json|tools?|functions?|slots?|errors?|params?|intents?|[a-z]+[A-Z]\w*|\w+_\w+|\d{4}-\d\d-\d\d|\d\d?:\d\d)\b|[{}[\]<>]/;

/** The sentences of an answer, as they are heard one after the other. */
function sentencesOf(answer: string): string[] {
  return answer
    .split(/(?<=[.?!])\s+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

const same = (sentence: string) => sentence.toLowerCase().replace(/[^\p{L}\p{N} ]/gu, '');
const receives = (sentence: string) =>
  ONLY_RECEIVES.test(sentence) || ONLY_RECEIVES_GERMAN.test(sentence);

/** An answer and what stands around it. */
export interface Answer {
  readonly text: string;
  /** The answer before it; empty at the beginning. */
  readonly before: string;
  /** Whether the caller asked to hear it again. */
  readonly mayRepeat: boolean;
  /** Whether the call was ended or handed over with it, or had been. */
  readonly over: boolean;
}

/** What is wrong with an answer by the rules that hold for all; empty where nothing is. */
export function broken({ text, before, mayRepeat, over }: Answer): string[] {
  const problems: string[] = [];
  const sentences = sentencesOf(text);
  if (!over && sentences.every((one) => receives(same(one)))) {
    problems.push('a dead end: it neither answers, asks nor offers');
  }
  const last = new Set(sentencesOf(before).map(same));
  const twice = mayRepeat ? undefined : sentences.find((one) => last.has(same(one)));
  if (twice) problems.push(`said twice in a row: ${twice}`);
  const words = text.split(/\s+/).length;
  if (words > MOST_WORDS) problems.push(`${words} words are more than ${MOST_WORDS}`);
  const internal = INTERNAL.exec(text)?.[0];
  if (internal) problems.push(`"${internal}" is a word of programs`);
  return problems;
}
