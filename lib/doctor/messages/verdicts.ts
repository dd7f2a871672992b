// Messages of the server’s side of the doctor: verdicts on calls, and the production checklist, in every language.
import type { InLanguages, Shape, Translations } from '@/lib/core/language';
import * as deProduction from '@/lib/doctor/messages/de/production';
import * as deWhy from '@/lib/doctor/messages/de/why';
import * as enProduction from '@/lib/doctor/messages/en/production';
import * as enWhy from '@/lib/doctor/messages/en/why';

/** `Shape` would widen the states of a verdict to strings, so `whyText` is used as it is. */
export const whyMessages: InLanguages<
  Pick<typeof enWhy, 'whyText'> & Shape<Pick<typeof enWhy, 'evidenceText'>>
> = { en: enWhy, de: deWhy };
export const productionMessages: Translations<typeof enProduction> = {
  en: enProduction,
  de: deProduction,
};
