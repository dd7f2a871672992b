// The texts of a call on another site, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-embed';
import * as en from './en-embed';

export const embedTexts: Texts<typeof en> = { en, de };
