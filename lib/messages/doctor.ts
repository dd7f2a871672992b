// Messages of the doctor, in every language.
import type { Texts } from '@/lib/core/language';
import * as de from './de/doctor';
import * as en from './en/doctor';

export const doctorMessages: Texts<typeof en> = { en, de };
