// All that the server's side of the doctor can say, in the language of whoever asks. English is for
// programs: what they read stays as it is.
import type { Language, TextsOf } from '@/lib/core/language';
import { doctorMessages } from '@/lib/messages/doctor';
import { whyMessages } from '@/lib/messages/verdicts';

/** What the doctor says in one language. */
export type DoctorWords = TextsOf<typeof doctorMessages> & TextsOf<typeof whyMessages>;

/** What the doctor says in a language. */
export const doctorWords = (language: Language): DoctorWords => ({
  ...doctorMessages[language],
  ...whyMessages[language],
});

export const ENGLISH = doctorWords('en');
