// Messages of the page that calls phone numbers, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/messages/de/telephony';
import * as en from '@/lib/messages/en/telephony';

export const telephonyMessages: Translations<typeof en> = { en, de };
