// The texts of what agents are and do, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-catalogue';
import * as en from './en-catalogue';

export const catalogueTexts: Texts<typeof en> = { en, de };
