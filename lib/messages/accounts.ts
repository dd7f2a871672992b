// The texts of sign-in, accounts and people, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-accounts';
import * as en from './en-accounts';

export const accountsTexts: Texts<typeof en> = { en, de };
