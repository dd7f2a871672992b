// The texts of a Letta server’s agents, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-letta';
import * as en from './en-letta';

export const lettaTexts: Texts<typeof en> = { en, de };
