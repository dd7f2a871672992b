// The texts of the rehearsals, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-rehearsals';
import * as en from './en-rehearsals';

export const rehearsalsTexts: Texts<typeof en> = { en, de };
