// Milo's conversation: repeats what he heard, then says how fast the answer came and from which
// deployment, so that a person can hear whether the line and the dispatch are right.
import type { InLanguages, Texts } from '@/lib/language/language';
import type { CallHandle } from '../agent-definition';
import type { Conversation } from './conversation';

const BYE: InLanguages<RegExp> = {
  en: /\b(?:good[ -]?bye|good-?by|bye|bye bye|hang up|end the call|that's all|that is all)\b/i,
  de: /\b(?:auf wieder(?:hören|hoeren|sehen)|wiederhören|tschüss?|tschuess?|bye|ciao|auflegen|das (?:ist|war|wär|wäre) alles|das war'?s)(?!\p{L})/iu,
};

const en = {
  hello: 'This is Milo, on the line check.',
  back: "I'm back.",
  invite: 'Say something, and I will say it back.',
  bye: 'The line is closed. Goodbye.',
  nothing: 'I heard nothing. Please say something.',
  heard: (text: string) => `I heard: ${text}.`,
  took: (ms: number, deployment: string) => `That took ${ms} milliseconds, on ${deployment}.`,
} as const;

/** What Milo says, in every language. */
export const lineCheckWords: Texts<typeof en> = {
  en,
  de: {
    hello: 'Hier ist Milo, bei der Leitungsprüfung.',
    back: 'Da bin ich wieder.',
    invite: 'Sagen Sie etwas, und ich sage es Ihnen zurück.',
    bye: 'Die Leitung wird geschlossen. Auf Wiederhören.',
    nothing: 'Ich habe nichts gehört. Bitte sagen Sie etwas.',
    heard: (text) => `Ich habe gehört: ${text}.`,
    took: (ms, deployment) => `Das hat ${ms} Millisekunden gedauert, auf ${deployment}.`,
  },
};

const tidy = (text: string) => text.trim().replace(/[\s.!?,;]+$/, '');

/** The conversation of the line check in that call. */
export function lineCheck(call: CallHandle): Conversation<null> {
  const words = lineCheckWords[call.language];
  return {
    start: null,
    hear(_, heard) {
      const text = tidy(heard);
      if (BYE[call.language].test(text) && text.split(/\s+/).length <= 5) {
        return { state: null, say: [words.bye], use: { name: 'endCall', args: {} } };
      }
      if (!text) return { state: null, say: [words.nothing] };
      return {
        state: null,
        say: [words.heard(text)],
        later: async () => {
          const delay = await call.answerDelay();
          return delay === undefined ? [] : [words.took(Math.round(delay), call.deployment)];
        },
      };
    },
  };
}
