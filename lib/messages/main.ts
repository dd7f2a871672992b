// Messages of the shared parts of all pages, the call, the settings, and the agents, in every language.
import type { Translations } from '@/lib/core/language';
import * as deCatalogue from '@/lib/messages/de/catalogue';
import * as deMain from '@/lib/messages/de/main';
import * as enCatalogue from '@/lib/messages/en/catalogue';
import * as enMain from '@/lib/messages/en/main';

export const mainMessages: Translations<typeof enMain> = { en: enMain, de: deMain };
export const catalogueMessages: Translations<typeof enCatalogue> = {
  en: enCatalogue,
  de: deCatalogue,
};
