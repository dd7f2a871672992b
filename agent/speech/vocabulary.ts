// The words that callers are likely to say, and their preference over words that sound alike: "bill" rather than "will".

/**
 * Added to the score (a logarithm) of a token that begins or continues an expected word; a word of several tokens gets
 * half of it for the first one, which other words share. `npm run bench:recognition` measures it: 2 and 3 are equal, 1
 * gains half as much.
 */
const BONUS = 2;
/** Maximum words; Whisper also reads only the end of a long prompt. Our own choice. */
const WORDS_MAX = 200;

/** The words of a prompt as the API has it: a text, or a list with commas. */
export const wordsIn = (prompt: string): readonly string[] =>
  [...new Set(prompt.match(/[\p{L}\p{N}'-]+/gu) ?? [])].slice(-WORDS_MAX);

/** Splits words into the tokens of a vocabulary, at each place the longest that fits. */
export class Tokenizer {
  readonly #ids: ReadonlyMap<string, number>;

  constructor(vocabulary: readonly string[]) {
    this.#ids = new Map(vocabulary.map((piece, id) => [piece, id]));
  }

  /** The tokens of a word after a space; empty if the vocabulary lacks one of its letters. */
  tokensOf(word: string): readonly number[] {
    const tokens: number[] = [];
    for (let rest = `▁${word}`; rest !== ''; ) {
      let length = rest.length;
      while (length > 0 && !this.#ids.has(rest.slice(0, length))) length -= 1;
      if (length === 0) return [];
      tokens.push(this.#ids.get(rest.slice(0, length)) as number);
      rest = rest.slice(length);
    }
    return tokens;
  }
}

/** Follows the expected words of one transcript, token by token. */
export class Expected {
  /** What may follow of words that have begun. */
  #begun: readonly (readonly number[])[] = [];

  /** @param words their tokens */
  constructor(private readonly words: readonly (readonly number[])[]) {}

  /** The scores' best token with the preference. */
  best(scores: Float32Array, likeliest: number): number {
    let [best, most] = [likeliest, (scores[likeliest] as number) + this.#bonusOf(likeliest)];
    for (const [token] of [...this.#begun, ...this.words]) {
      if (token === undefined) continue;
      const score = (scores[token] as number) + this.#bonusOf(token);
      if (score > most) [best, most] = [token, score];
    }
    return best;
  }

  /** The token is the next one of the transcript. */
  take(token: number): void {
    this.#begun = [...this.#begun, ...this.words]
      .filter(([first]) => first === token)
      .map(([, ...rest]) => rest)
      .filter(({ length }) => length > 0);
  }

  #bonusOf(token: number): number {
    if (this.#begun.some(([next]) => next === token)) return BONUS;
    const words = this.words.filter(([first]) => first === token);
    if (words.length === 0) return 0;
    return words.some(({ length }) => length === 1) ? BONUS : BONUS / 2;
  }
}
