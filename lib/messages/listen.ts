// The texts of listening to a live call, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-listen';
import * as en from './en-listen';

export const listenTexts: Texts<typeof en> = { en, de };
