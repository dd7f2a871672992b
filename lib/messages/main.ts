// Messages of the shared parts of all pages, the call, the settings, and the agents, in every language.
import type { Translations } from '@/lib/core/language';
import * as deCatalogue from './de/catalogue';
import * as deMain from './de/main';
import * as enCatalogue from './en/catalogue';
import * as enMain from './en/main';

export const mainMessages: Translations<typeof enMain> = { en: enMain, de: deMain };
export const catalogueMessages: Translations<typeof enCatalogue> = {
  en: enCatalogue,
  de: deCatalogue,
};
