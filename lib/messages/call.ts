// Messages of the page of one call, in every language.
import type { Texts } from '@/lib/core/language';
import * as de from './de/call';
import * as en from './en/call';

export const callMessages: Texts<typeof en> = { en, de };
