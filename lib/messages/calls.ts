// Messages of History and listening in, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/messages/de/calls';
import * as en from '@/lib/messages/en/calls';

export const callsMessages: Translations<typeof en> = { en, de };
