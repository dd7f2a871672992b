// Messages of sign-in, accounts and people, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from './de/accounts';
import * as en from './en/accounts';

export const accountsMessages: Translations<typeof en> = { en, de };
