// The texts of everything that is on more than one page, the call and the settings, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de';
import * as en from './en';

export const mainTexts: Texts<typeof en> = { en, de };
