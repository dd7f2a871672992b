// Language negotiation.
import { expect, it } from 'vitest';
import { chosenLanguage, languageOf } from '@/lib/core/language';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en-US,en;q=0.9,de;q=0.8', 'en'],
  ['en;q=0.5, de;q=0.9', 'de'],
  ['fr-FR,fr;q=0.9,de;q=0.5,en;q=0.1', 'de'],
  ['fr, it', 'en'],
  ['*', 'en'],
  ['de;q=0', 'en'],
  ['DE-ch', 'de'],
  ['den', 'en'],
  [';;q=,de;q=x', 'en'],
])('answers a browser that asks for %j in %s', (asked, language) => {
  expect(languageOf(new Headers(asked === undefined ? {} : { 'accept-language': asked }))).toBe(
    language,
  );
});

it.each([
  ['language=de', 'de'],
  ['a=1; language=de; b=2', 'de'],
  ['language=en', 'en'],
  ['xlanguage=de', undefined],
  ['language=fr', undefined],
  ['language=', undefined],
])('reads from the cookies %j that %s was chosen', (cookie, language) => {
  expect(chosenLanguage(new Headers({ cookie }))).toBe(language);
});

it('prefers the language chosen in the settings to that of the browser', () => {
  const both = { cookie: 'language=en', 'accept-language': 'de' };
  expect(languageOf(new Headers(both))).toBe('en');
  expect(languageOf(new Headers({ ...both, cookie: 'language=fr' }))).toBe('de');
});
