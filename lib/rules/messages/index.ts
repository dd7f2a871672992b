// Messages of the Rules page, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/rules/messages/de';
import * as en from '@/lib/rules/messages/en';

export const rulesMessages: Translations<typeof en> = { en, de };
