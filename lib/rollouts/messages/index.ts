// Messages of rollouts, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/rollouts/messages/de';
import * as en from '@/lib/rollouts/messages/en';

export const rolloutsMessages: Translations<typeof en> = { en, de };
