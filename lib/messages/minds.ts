// The texts of what agents run on, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-minds';
import * as en from './en-minds';

export const mindsTexts: Texts<Pick<typeof en, 'mindsText'>> = { en, de };
