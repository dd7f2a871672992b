// The texts for code of the page that is no component, such as what answers a press or an event: in the
// language that the page has at that moment. Never while drawing: the server has no such page.
import { asLanguage, type InLanguages, LANGUAGES } from '@/lib/core/language';

/** English where there is no page, as in tests. */
export function pageTexts<T>(texts: InLanguages<T>): T {
  const page = typeof document === 'undefined' ? undefined : document.documentElement.lang;
  return texts[asLanguage(page) ?? LANGUAGES[0]];
}
