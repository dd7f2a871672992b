// Messages of rollouts, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from './de';
import * as en from './en';

export const rolloutsMessages: Translations<typeof en> = { en, de };
