// The texts of the doctor, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-doctor';
import * as en from './en-doctor';

export const doctorTexts: Texts<typeof en> = { en, de };
