// Messages of simulations, in every language.
import type { Texts } from '@/lib/core/language';
import * as de from './de/simulations';
import * as en from './en/simulations';

export const simulationsMessages: Texts<typeof en> = { en, de };
