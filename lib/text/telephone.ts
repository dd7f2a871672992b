// The texts of the page that calls telephones, in every language. What one of them lacks is a type error here.
import type { Texts } from '../language/language';
import * as de from './de-telephone';
import * as en from './en-telephone';

export const telephoneTexts: Texts<typeof en> = { en, de };
