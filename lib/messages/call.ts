// Messages of the page of one call, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/messages/de/call';
import * as en from '@/lib/messages/en/call';

export const callMessages: Translations<typeof en> = { en, de };
