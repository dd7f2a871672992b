// The words of an agent that is away, in every language: what one of them lacks is a type error here.
import type { InLanguages, Language } from '../../../../lib/language/language';
import { words as de } from './de';
import { words as en } from './en';

const words: InLanguages<typeof en> = { en, de };

/** They, in that language. */
export const wordsIn = (language: Language): typeof en => words[language];
