// The messages of all languages: the same keys in the same order, with the same arguments, and none in English in
// another language.
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@/lib/core/language';
import { messagesOf, NAMESPACES, partsOf } from '@/lib/messages/testing/all-messages';

const OTHERS = LANGUAGES.filter((language) => language !== 'en');

/** The same in both languages: terms of the field, and words that both have. */
const SAME = new Set([
  ...['Callboard', 'Agent', 'Deployment', 'Server', 'Room', 'Token', 'Dispatch', 'Worker'],
  ...['Deployments', 'Webhooks', 'Ports', 'LiveKit', 'Letta', 'Staging', 'WebVTT', 'JSON'],
  ...['Text', 'Name', 'Messenger', 'Stream', 'System', 'Filter', 'Median', '95 %', 'min'],
  ...['Passkey', 'Passkeys', 'PostgreSQL', 'Simulation', 'callboard--.txt', 'ms'],
]);
/** The sentence for the speech models, which know English alone. */
const ENGLISH = ['doctor.speech.sentence'];
/** An argument and the unit of a time: `{ms, number} ms`. Times come in words, from `duration()`: `{time}`. */
const TIME = /[}#]\s?(?:ms|s|min|h|Std|(?:milli)?seconds?|(?:Millis|S)ekunden?)(?!\p{L})/u;
/** False for punctuation and numbers. */
const hasWords = (text: string) => /\p{L}{2}/u.test(text);

describe.each(NAMESPACES)('%s', (namespace) => {
  const english = messagesOf('en', namespace);

  it.each(LANGUAGES)('has valid and readable messages in "%s"', (language) => {
    const nested = messagesOf(language, namespace)
      .filter(([, message]) => partsOf(message).depth > 2)
      .map(([key]) => key);
    expect(nested).toEqual([]);
  });

  it.each(LANGUAGES)('formats no times in "%s"', (language) => {
    expect(messagesOf(language, namespace).filter(([, message]) => TIME.test(message))).toEqual([]);
  });

  describe.each(OTHERS)('in "%s"', (language) => {
    const messages = messagesOf(language, namespace);
    const translated = new Map(messages);

    it('has the keys of the English one, in the same order', () => {
      expect(messages.map(([key]) => key)).toEqual(english.map(([key]) => key));
    });

    it('has the arguments of the English one', () => {
      const named = (all: typeof english) =>
        all.map(([key, message]) => `${key}: ${partsOf(message).names.join(', ')}`);
      expect(named(messages)).toEqual(named(english));
    });

    it('has nothing in English', () => {
      const left = english
        .filter(([key, message]) => translated.get(key) === message && !ENGLISH.includes(key))
        .map(([key, message]) => [key, partsOf(message).words.trim()] as const)
        .filter(([, words]) => hasWords(words) && !SAME.has(words));
      expect(left).toEqual([]);
    });
  });
});
