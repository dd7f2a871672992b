// Messages of the doctor, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from './de/doctor';
import * as en from './en/doctor';

export const doctorMessages: Translations<typeof en> = { en, de };
