// Messages of the Rules page, in every language.
import type { Texts } from '@/lib/core/language';
import * as de from './de/rules';
import * as en from './en/rules';

export const rulesMessages: Texts<typeof en> = { en, de };
