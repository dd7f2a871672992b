// A text that a model is still writing, cut into what is spoken at once: sentences, and the first clause before its
// sentence is complete, so that the voice begins while the rest is written.
import { tokenize } from '@livekit/agents';

/** Maximum characters that are waited for to tell where a sentence ends, and minimum characters of one. */
const CONTEXT = 2;
/**
 * The first clause: four words at least, because the voice says fewer in less time than a model takes to go on, and
 * callers would hear a gap. Our own choice.
 */
const CLAUSE = /^\s*(?:\S+\s+){3,}?\S*[,;:](?=\s)/;
const COMPLETE = /[.?!…]["'”’)]*\s*$/;

/** Cuts a streamed text; what was written in one piece is cut at the ends of sentences only. */
export class FirstClause extends tokenize.basic.SentenceTokenizer {
  constructor() {
    super({ minSentenceLength: CONTEXT, streamContextLength: CONTEXT });
  }

  override stream(): tokenize.SentenceStream {
    let begun = false;
    let written = '';
    const cut = (text: string): string[] => {
      // The framework's filters hold the mark at the end of a piece back, so a piece is no sign of an incomplete sentence.
      const grows = written !== '' && text.length > written.length;
      written = text;
      const parts = begun || !grows ? this.tokenize(text) : this.#withClause(text);
      // The first of several is spoken now.
      begun ||= parts.length > 1;
      return parts;
    };
    return new tokenize.BufferedSentenceStream(cut, CONTEXT, CONTEXT);
  }

  #withClause(text: string): string[] {
    const sentences = this.tokenize(text);
    const clause = COMPLETE.test(text) ? undefined : CLAUSE.exec(sentences[0] ?? '')?.[0];
    const rest = clause && sentences[0]?.slice(clause.length).trim();
    return sentences.length === 1 && rest ? [clause, rest] : sentences;
  }
}
