// The texts of the page of one call, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-call';
import * as en from './en-call';

export const callTexts: Texts<typeof en> = { en, de };
