// Messages of sign-in, accounts and people, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/messages/de/accounts';
import * as en from '@/lib/messages/en/accounts';

export const accountsMessages: Translations<typeof en> = { en, de };
