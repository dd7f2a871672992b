// Messages of the Rules page, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from './de/rules';
import * as en from './en/rules';

export const rulesMessages: Translations<typeof en> = { en, de };
