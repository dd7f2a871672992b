// Messages of the privacy page and the page of one caller, in every language.
import type { Texts } from '@/lib/core/language';
import * as de from './de/privacy';
import * as en from './en/privacy';

export const privacyMessages: Texts<typeof en> = { en, de };
