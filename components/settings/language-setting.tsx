'use client';
// The language of the pages: as the browser asks for it, or always one. Kept in a cookie, because the
// server makes the page in it.
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTexts } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/lib/language/language';
import { languageTexts } from '@/lib/text/language';

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
  return (
    <fieldset aria-describedby="language-hint" className="p-4 sm:px-5">
      <legend className="float-left w-full font-semibold text-[16px]">{label}</legend>
      <p id="language-hint" className="text-[14px] text-soft">
        {hint}
      </p>
      <div className="mt-3 flex w-fit flex-wrap rounded-mid border border-line bg-bg p-1">
        {[undefined, ...LANGUAGES].map((language) => (
          <label
            key={language ?? ''}
            lang={language}
            className={cn(
              'relative rounded-small px-3.5 py-1.5 font-medium text-[15px] has-focus-visible:outline-2 has-focus-visible:outline-ink',
              chosen === language ? 'bg-raised text-ink shadow-sm ring-1 ring-line' : 'text-soft',
            )}
          >
            <input
              type="radio"
              name="language"
              value={language ?? ''}
              checked={chosen === language}
              onChange={() => choose(language)}
              className="absolute inset-0 size-full opacity-0"
            />
            {language ? OWN_NAMES[language] : own}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
