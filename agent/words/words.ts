// What every agent says without a model, in every language. What one of them lacks is a type error here.
import type { Language, Texts, TextsOf } from '../../lib/language/language';
import { words as de } from './de';
import { words as en } from './en';

const words: Texts<typeof en> = { en, de };

/** What an agent says without a model, in that language. */
export const wordsIn = (language: Language): TextsOf<typeof words> => words[language];
