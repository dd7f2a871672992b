// Messages for code outside of components, such as event handlers, in the current language of the page. Not for
// rendering: the server has no document.
import { asLanguage, type InLanguages, LANGUAGES } from '@/lib/core/language';

/** The messages in the language of the document; English without one, as in tests. */
export function pageMessages<T>(all: InLanguages<T>): T {
  const page = typeof document === 'undefined' ? undefined : document.documentElement.lang;
  return all[asLanguage(page) ?? LANGUAGES[0]];
}
