// When each word of an answer will be heard, for captions. The framework shows words at the speed of speech by counting
// syllables of the written text; in "$120, due by 2026-11-23" it counts six but the voice says twenty-two, so captions
// would run seconds ahead.
import { ReadableStream, TransformStream } from 'node:stream/web';
import { tokenize, voice } from '@livekit/agents';
import { spoken } from '@/agent/speech/spoken';

/** Syllables a second: the framework's own value (`STANDARD_SPEECH_RATE`), and close to the voices here. */
const SYLLABLES_PER_SECOND = 3.83;
/** A word and the space after it; in a stream, only then is the word complete. */
const WORD = /\s*\S+\s+/g;

type Text = string | voice.TimedString;

/** Seconds it takes to say a word. */
export function secondsOf(word: string): number {
  const { hyphenateWord, splitWords } = tokenize.basic;
  const said = splitWords(spoken(word)).filter(([one]) => one !== '');
  return said.reduce((sum, [one]) => sum + hyphenateWord(one).length, 0) / SYLLABLES_PER_SECOND;
}

/** The same text, word by word, each with the second at which it begins. */
export function captionTimes(
  text: ReadableStream<Text> | AsyncIterable<Text>,
): ReadableStream<voice.TimedString> {
  let at = 0;
  let rest = '';
  const timed = (word: string) => {
    const startTime = at;
    at += secondsOf(word);
    return voice.createTimedString({ text: word, startTime });
  };
  const times = new TransformStream<Text, voice.TimedString>({
    transform(piece, controller) {
      rest += typeof piece === 'string' ? piece : piece.text;
      const words = rest.match(WORD) ?? [];
      rest = rest.slice(words.join('').length);
      for (const word of words) controller.enqueue(timed(word));
    },
    flush(controller) {
      if (rest) controller.enqueue(timed(rest));
    },
  });
  const stream = text instanceof ReadableStream ? text : ReadableStream.from(text);
  return stream.pipeThrough(times);
}
