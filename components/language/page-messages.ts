// Messages for code outside of components, such as event handlers, in the current language of the page. Not for
// rendering: the server has no document.
import { asLanguage, type InLanguages, LANGUAGES, type Language } from '@/lib/core/language';

/** The language of the document; English without one, as in tests. A browser that translates changes the `lang` attribute. */
export function pageLanguage(): Language {
  const page =
    typeof document === 'undefined' ? undefined : document.documentElement.dataset.language;
  return asLanguage(page) ?? LANGUAGES[0];
}

/** The messages in the language of the document. */
export const pageMessages = <T>(all: InLanguages<T>): T => all[pageLanguage()];
