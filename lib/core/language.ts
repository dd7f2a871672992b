// The languages of the pages, and which one a visitor gets: the one chosen in the settings, else the one
// their browser asks for, else English.

import { cookieOf } from '@/lib/core/cookie';

/** All languages. The first is the default. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How dates and numbers are written, as a BCP 47 tag for `Intl`. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/** The cookie with the language chosen in the settings. */
export const LANGUAGE_COOKIE = 'language';

/** A value for each language. */
export type InLanguages<T> = Readonly<Record<Language, T>>;

/** The language with this code, or undefined. */
export const asLanguage = (name: string | undefined): Language | undefined =>
  LANGUAGES.find((one) => one === name);

/** The language of a tag without its region: `de` of `de-AT`. */
export const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/**
 * The tags in an `Accept-Language` header, by descending preference (RFC 9110, 12.5.4). `*`, which programs send, is any
 * language and no tag.
 */
export function wantedTags(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((one) => one.startsWith('q='));
      return { range, weight: weight ? Number(weight.slice(2)) : 1 };
    })
    .filter(({ range, weight }) => weight > 0 && !['', '*'].includes(range))
    .sort((one, other) => other.weight - one.weight)
    .map(({ range }) => range);
}

/** The language chosen in the settings; undefined if none was chosen. */
export function chosenLanguage(headers: Pick<Headers, 'get'>): Language | undefined {
  return asLanguage(cookieOf(headers, LANGUAGE_COOKIE));
}

/** The language of the response to a request. */
export function languageOf(headers: Pick<Headers, 'get'>): Language {
  const tags = wantedTags(headers.get('accept-language') ?? '');
  const asked = tags.map((tag) => asLanguage(primary(tag)));
  return chosenLanguage(headers) ?? asked.find((one) => one !== undefined) ?? LANGUAGES[0];
}
