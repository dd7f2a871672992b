// The texts of the page of the rules, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-rules';
import * as en from './en-rules';

export const rulesTexts: Texts<typeof en> = { en, de };
