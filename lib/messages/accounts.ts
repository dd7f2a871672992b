// Messages of sign-in, accounts and people, in every language.
import type { Texts } from '@/lib/core/language';
import * as de from './de/accounts';
import * as en from './en/accounts';

export const accountsMessages: Texts<typeof en> = { en, de };
