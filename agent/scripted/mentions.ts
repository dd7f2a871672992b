// What words of an utterance say about a day or a time, and the scanner that finds such words.

/** Words about a day (ISO dates) or a time (`HH:MM`). */
export interface Mention {
  /** Where the words begin and end. */
  readonly at: number;
  readonly to: number;
  /** First and last value that is meant; the same for one day or one time. */
  readonly from: string;
  readonly until: string;
  /** Several values of which one is meant; none if there is no such day or time. */
  readonly either?: readonly string[] | undefined;
  /** Why it must be asked back, as a sentence. */
  readonly why?: string | undefined;
  /** A weekday without a date: the next one, unless other words say which. */
  readonly weekday?: string | undefined;
  /** A day of the month without the month. */
  readonly date?: number | undefined;
  /** Whether its month was said. */
  readonly dated?: boolean | undefined;
  /** Days that it means in general: "Mondays", "weekends". */
  readonly every?: ((day: string) => boolean) | undefined;
  /** A distance in weeks: with a weekday, it means that day of its week. */
  readonly inWeek?: boolean | undefined;
  /** Its day, if a time determines it: "in half an hour". */
  readonly day?: string | undefined;
}

type Value = Omit<Mention, 'at' | 'to'>;
/** A pattern and its value; undefined if the words mean something else. */
export type Rule = readonly [RegExp, (match: RegExpExecArray, text: string) => Value | undefined];

/** One day or time. */
export const one = (value: string): Value => ({ from: value, until: value });
/** One of these; or none, because there is no such day or time. */
export const oneOf = (either: readonly string[], why?: string): Value =>
  either.length === 1 && why === undefined
    ? one(either[0] ?? '')
    : { from: '', until: '', either, why };

/** Maximum mentions of a text: nobody names more days, and a text of nothing else stays cheap. */
const MOST = 16;
/** What stands for words that have been read. */
const READ = '#';

/**
 * The mentions in a text, and what is unread of it. Earlier rules have precedence: words are read only once.
 * @param unread the text without what has been read before
 */
export function scan(
  text: string,
  rules: readonly Rule[],
  unread = text,
): [readonly Mention[], string] {
  const found: Mention[] = [];
  let rest = unread;
  for (const [pattern, value] of rules) {
    const each = new RegExp(pattern, 'g');
    for (let match = each.exec(rest); match && found.length < MOST; match = each.exec(rest)) {
      const read = value(match, text);
      if (!read) continue;
      const to = match.index + match[0].length;
      found.push({ ...read, at: match.index, to });
      rest = rest.slice(0, match.index) + READ.repeat(match[0].length) + rest.slice(to);
    }
  }
  return [found.sort((a, b) => a.at - b.at), rest];
}
