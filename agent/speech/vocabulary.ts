// The words that callers are likely to say, and their preference over words that sound alike: "bill" rather than "will".

/**
 * Added to the score (a logarithm) of a token that begins or continues an expected word; half of it to the first of
 * several, which other words share. `npm run bench:recognition`: 2 and 3 are equal, 1 gains half as much.
 */
const BONUS = 2;
/** Maximum words; Whisper also reads only the end of a long prompt. Our own choice. */
const WORDS_MAX = 200;
/** Maximum characters of a prompt: 200 words, and room to separate them. Our own choice. */
export const PROMPT_MAX = 4_096;
/** Maximum characters of a word of a prompt; the longest in English dictionaries has 45. Our own choice. */
export const PROMPT_WORD_MAX = 64;

const allWords = (prompt: string): readonly string[] => prompt.match(/[\p{L}\p{N}'-]+/gu) ?? [];

/** The words of a prompt as the API has it: a text, or a list with commas. */
export const wordsIn = (prompt: string): readonly string[] =>
  [...new Set(allWords(prompt))].slice(-WORDS_MAX);

/** Whether a word of the prompt is longer than {@link PROMPT_WORD_MAX}. */
export const hasLongWord = (prompt: string): boolean =>
  allWords(prompt).some(({ length }) => length > PROMPT_WORD_MAX);

/** Splits words into the tokens of a vocabulary, at each place the longest that fits. */
export class Tokenizer {
  readonly #ids: ReadonlyMap<string, number>;
  /** Characters of the longest piece: the time for a word grows with its length only. */
  readonly #longest: number;

  constructor(vocabulary: readonly string[]) {
    this.#ids = new Map(vocabulary.map((piece, id) => [piece, id]));
    this.#longest = vocabulary.reduce((most, { length }) => Math.max(most, length), 0);
  }

  /** The tokens of a word after a space; empty if the vocabulary lacks one of its letters. */
  tokensOf(word: string): readonly number[] {
    const tokens: number[] = [];
    const text = `▁${word}`;
    for (let at = 0; at < text.length; ) {
      let end = Math.min(text.length, at + this.#longest);
      while (end > at && !this.#ids.has(text.slice(at, end))) end -= 1;
      if (end === at) return [];
      tokens.push(this.#ids.get(text.slice(at, end)) as number);
      at = end;
    }
    return tokens;
  }
}

/** Follows the expected words of one transcript, token by token. */
export class Expected {
  /** Bonuses of the tokens that begin a word. */
  readonly #first = new Map<number, number>();
  readonly #words = new Map<number, (readonly number[])[]>();
  /** Words that have begun, and the position of their next token. */
  #begun: readonly { readonly word: readonly number[]; readonly next: number }[] = [];

  constructor(words: readonly (readonly number[])[]) {
    for (const word of words) {
      const [first] = word;
      if (first === undefined) continue;
      const bonus = word.length === 1 ? BONUS : BONUS / 2;
      this.#first.set(first, Math.max(this.#first.get(first) ?? 0, bonus));
      const same = this.#words.get(first);
      if (same) same.push(word);
      else this.#words.set(first, [word]);
    }
  }

  /** The scores' best token with the preference. */
  best(scores: Float32Array, likeliest: number): number {
    const bonuses = this.#bonuses();
    let [best, most] = [likeliest, (scores[likeliest] as number) + (bonuses.get(likeliest) ?? 0)];
    for (const [token, bonus] of bonuses) {
      const score = (scores[token] as number) + bonus;
      if (score > most) [best, most] = [token, score];
    }
    return best;
  }

  take(token: number): void {
    const begins = (this.#words.get(token) ?? []).map((word) => ({ word, next: 0 }));
    this.#begun = [...this.#begun.filter(({ word, next }) => word[next] === token), ...begins]
      .map(({ word, next }) => ({ word, next: next + 1 }))
      .filter(({ word, next }) => next < word.length);
  }

  /** The bonus of each token that begins or continues a word; collected once for each token of the transcript. */
  #bonuses(): ReadonlyMap<number, number> {
    if (this.#begun.length === 0) return this.#first;
    const bonuses = new Map(this.#first);
    for (const { word, next } of this.#begun) bonuses.set(word[next] as number, BONUS);
    return bonuses;
  }
}
