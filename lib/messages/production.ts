// The texts of the production checklist, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-production';
import * as en from './en-production';

export const productionTexts: Texts<typeof en> = { en, de };
