// Backchannels: what a listener says without wanting to speak ("mm-hm"). While the agent talks they do not interrupt it.
import { primary } from '@/lib/core/language';

/**
 * The words of each language as patterns, for lower-case text without punctuation. Speech to text spells hums in many ways.
 * Words that may ask the agent to stop ("no", "wait") are not among them.
 */
const WORDS: Readonly<Record<string, string>> = {
  en: 'm+[ -]?h+m+|u+h+[ -]?h+u+h+|m+|h+m+|a+h+|o+h+|huh|uh|um|okay|ok|yeah|yep|yes|right|sure|i see|got it|alright|all right|good|great|fine|cool|nice|wow|really|of course',
  de: 'm+[ -]?h+m+|h*m+|a+h+|o+h+|aha|äh|ja|jaja|jo|okay|ok|genau|klar|gut|sehr gut|stimmt|richtig|ach|ach so|achso|verstehe|ich verstehe|alles klar|natürlich|sicher|super|toll|schön|prima|wirklich|in ordnung',
  es: 'm+[ -]?h+m+|h*m+|a+h+|o+h+|aj[áa]|eh|sí|si|ya|vale|ok|okay|claro|claro que sí|bien|muy bien|bueno|de acuerdo|entiendo|perfecto|exacto|eso|genial|por supuesto|ya veo',
  fr: "m+[ -]?h+m+|h*u?m+|a+h+|o+h+|euh|oui|ouais|d'accord|ok|okay|bien|très bien|voilà|je vois|bien sûr|exact|exactement|super|parfait|entendu|c'est ça|ah bon|je comprends",
  pt: 'm+[ -]?h+m+|h*u?m+|u+h+u+m|ah[ãa]|aham|a+h+|o+h+|sim|tá|tá bom|está bem|ok|okay|certo|claro|bem|bom|entendi|percebo|isso|pois|pois é|exato|exatamente|perfeito|ótimo|com certeza',
  it: "m+[ -]?h+m+|h*m+|a+h+|o+h+|eh|sì|si|ok|okay|certo|va bene|bene|molto bene|capisco|ho capito|esatto|esattamente|giusto|d'accordo|perfetto|davvero|ottimo|già",
  nl: 'm+[ -]?h+m+|h*m+|a+h+|o+h+|aha|eh|ja|jaja|jawel|oké|ok|okay|goed|heel goed|precies|zeker|juist|klopt|ik snap het|snap ik|begrijp ik|ik begrijp het|prima|natuurlijk|mooi|leuk|echt',
  hi: 'h*m+|ह+म्+म*|हूँ|हूं|हाँ|हां|जी|जी हाँ|जी हां|अच्छा|ठीक|ठीक है|ओके|सही|सही है|बिल्कुल|समझ गया|समझ गई|haan|han|ji|ji haan|accha|acha|achha|theek hai|thik hai|okay|ok|bilkul',
  ja: 'ん+|うん|うーん|ううん|はい|ええ|えー|へえ|へー|ほう|ああ|あー|あぁ|おお|おー|なるほど|なるほどね|そう|そうですか|そうですね|そっか|わかりました|分かりました|了解|了解です|オッケー|オーケー|ok',
};

/** Languages that are written without spaces. */
const UNSPACED = new Set(['ja']);
/** How many of them are still only heard. */
const MOST = 3;

const PATTERNS = new Map(
  Object.entries(WORDS).map(([language, words]) => {
    const after = UNSPACED.has(language) ? ' *' : '(?: +|$)';
    return [language, new RegExp(`^(?:(?:${words})${after}){1,${MOST}}$`, 'u')];
  }),
);

/**
 * Seconds of speech, and words, up to which speech in any other language counts as one: its words are not known, and a hum is
 * shorter than most words with which people interrupt. Our own choice.
 */
const SHORT = { seconds: 0.6, words: 1 };

/** Words that were said over the agent. */
export interface Overlap {
  readonly text: string;
  /** The language in which they were recognized, as a BCP 47 tag. */
  readonly language: string;
  /** How long they took. */
  readonly seconds: number;
}

/** Whether words are backchannels only: by what they are where the language is known, and otherwise by their sound. */
export function isBackchannel({ text, language, seconds }: Overlap): boolean {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{M}' -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return false;
  const pattern = PATTERNS.get(primary(language));
  if (pattern) return pattern.test(plain);
  return seconds > 0 && seconds <= SHORT.seconds && plain.split(' ').length <= SHORT.words;
}
