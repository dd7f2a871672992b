// Messages of the doctor, in every language.
import type { Translations } from '@/lib/core/language';
import * as de from '@/lib/messages/de/doctor';
import * as en from '@/lib/messages/en/doctor';

export const doctorMessages: Translations<typeof en> = { en, de };
