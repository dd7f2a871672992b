// Messages of the privacy page and the page of one caller, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/messages/de/privacy';
import * as en from '@/lib/messages/en/privacy';

export const privacyMessages: Translations<typeof en> = { en, de };
