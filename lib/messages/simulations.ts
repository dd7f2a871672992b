// Messages of simulations, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/messages/de/simulations';
import * as en from '@/lib/messages/en/simulations';

export const simulationsMessages: Translations<typeof en> = { en, de };
