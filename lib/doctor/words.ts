// All that the server's side of the doctor can say, in the language of whoever asks. English is for
// programs: what they read stays as it is.
import type { InLanguages, Language, Texts, TextsOf } from '@/lib/core/language';
import * as deEvidence from '@/lib/messages/de-evidence';
import * as deWhy from '@/lib/messages/de-why';
import { doctorTexts } from '@/lib/messages/doctor';
import * as enEvidence from '@/lib/messages/en-evidence';
import * as enWhy from '@/lib/messages/en-why';

const whyTexts: InLanguages<typeof enWhy> = { en: enWhy, de: deWhy };
const evidenceTexts: Texts<typeof enEvidence> = { en: enEvidence, de: deEvidence };

/** What the doctor says in one language. */
export type DoctorWords = TextsOf<typeof doctorTexts> &
  TextsOf<typeof whyTexts> &
  TextsOf<typeof evidenceTexts>;

/** What the doctor says in a language. */
export const doctorWords = (language: Language): DoctorWords => ({
  ...doctorTexts[language],
  ...whyTexts[language],
  ...evidenceTexts[language],
});

export const ENGLISH = doctorWords('en');
