// The texts of the page’s own language, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-language';
import * as en from './en-language';

export const languageTexts: Texts<typeof en> = { en, de };
