// The texts of the roll-outs, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-rollout';
import * as en from './en-rollout';

export const rolloutTexts: Texts<typeof en> = { en, de };
