// The texts of the pages of calls, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-calls';
import * as en from './en-calls';

export const callsTexts: Texts<typeof en> = { en, de };
