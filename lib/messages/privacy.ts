// The texts about what is kept of callers, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-privacy';
import * as en from './en-privacy';

export const privacyTexts: Texts<typeof en> = { en, de };
