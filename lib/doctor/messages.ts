// All texts of the doctor's server side, in the language of the client. Programs get English.
import type { Language, TextsOf } from '@/lib/core/language';
import { doctorMessages } from '@/lib/messages/doctor';
import { whyMessages } from '@/lib/messages/verdicts';

/** The doctor's texts in one language. */
export type DoctorMessages = TextsOf<typeof doctorMessages> & TextsOf<typeof whyMessages>;

/** The doctor's texts in a language. */
export const doctorMessagesIn = (language: Language): DoctorMessages => ({
  ...doctorMessages[language],
  ...whyMessages[language],
});

export const ENGLISH = doctorMessagesIn('en');
