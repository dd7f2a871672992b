// The texts of the page that calls telephones, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-telephone';
import * as en from './en-telephone';

export const telephoneTexts: Texts<typeof en> = { en, de };
