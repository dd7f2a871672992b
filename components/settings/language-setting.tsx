'use client';
// The language of the pages: as the browser asks for it, or always one. Kept in a cookie, because the
// server makes the page in it.
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTexts } from '@/components/language/language';
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/lib/language/language';
import { languageTexts } from '@/lib/text/language';
import { Choices } from './choices';

/** Each language by the name it has in itself. */
const OWN_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };
/** Seconds that browsers keep a cookie at most (RFC 6265bis: 400 days). */
const KEPT_S = 400 * 24 * 60 * 60;

function keep(language: Language | undefined): void {
  const kept = language ? `${language};max-age=${KEPT_S}` : ';max-age=0';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${LANGUAGE_COOKIE}=${kept};path=/;samesite=lax`;
}

/** @param chosen undefined where it is left to the browser */
export function LanguageSetting({ chosen: first }: { readonly chosen: Language | undefined }) {
  const { label, hint, own } = useTexts(languageTexts).languageText;
  const [chosen, setChosen] = useState(first);
  const router = useRouter();
  const choose = (language: Language | undefined) => {
    setChosen(language);
    keep(language);
    // The page comes again in its place, so that a call goes on.
    router.refresh();
  };
  const choices = LANGUAGES.map((value) => ({ value, label: OWN_NAMES[value], lang: value }));
  return (
    <Choices<Language | ''>
      name="language"
      label={label}
      hint={hint}
      choices={[{ value: '', label: own }, ...choices]}
      chosen={chosen ?? ''}
      onChoose={(value) => choose(value || undefined)}
    />
  );
}
