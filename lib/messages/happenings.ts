// The texts of single events of a call, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-happenings';
import * as en from './en-happenings';

export const happeningsTexts: Texts<typeof en> = { en, de };
