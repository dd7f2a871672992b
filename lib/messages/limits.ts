// The texts about limits, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-limits';
import * as en from './en-limits';

export const limitTexts: Texts<typeof en> = { en, de };
