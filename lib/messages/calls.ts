// Messages of History and listening in, in every language.
import type { Texts } from '@/lib/core/language';
import * as de from './de/calls';
import * as en from './en/calls';

export const callsMessages: Texts<typeof en> = { en, de };
