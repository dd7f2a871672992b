// Answers are generated preemptively for words that may end a turn, and for no others.
import { llm, normalizeLanguage, stt } from '@livekit/agents';
import { expect, test } from 'vitest';
import { answeredAhead } from './ahead';

const { SpeechEventType: Kind } = stt;

/** How words in a pause are passed on, after what the agent said. */
function told(text: string, said = 'How can I help you?', type = Kind.PREFLIGHT_TRANSCRIPT) {
  const language = normalizeLanguage('en');
  const heard = { text, language, startTime: 0, endTime: 1, confidence: 1 };
  const items = [llm.ChatMessage.create({ role: 'assistant', content: said })];
  return Kind[answeredAhead({ type, alternatives: [heard] }, items).type];
}

test.each([['What are your opening hours?'], ['Tomorrow.'], ['Yes.', 'Shall I book it?']])(
  '%s',
  (text, said?) => {
    expect(told(text, said)).toBe('PREFLIGHT_TRANSCRIPT');
  },
);

test.each<[string, string?]>([
  ["I'd like to"],
  ['I need an appointment.'],
  ['Um.'],
  ['Five five five', 'Your number?'],
])('%s …', (text, said?) => {
  expect(told(text, said)).toBe('INTERIM_TRANSCRIPT');
});

test('final transcripts are unchanged', () => {
  expect(told("I'd like to", undefined, Kind.FINAL_TRANSCRIPT)).toBe('FINAL_TRANSCRIPT');
});
