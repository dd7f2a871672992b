// The texts of the diary, in every language. What one of them lacks is a type error here.
import type { Texts } from '../language/language';
import * as de from './de-bookings';
import * as en from './en-bookings';

export const bookingsTexts: Texts<typeof en> = { en, de };
