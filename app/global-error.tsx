'use client';
// The error page of the layout: it replaces the header too, and knows nothing that the layout provides. It has the style sheets
// of the layout, all of them: what only one of both imports would be a file of its own, and each file delays the paint.
import '@fontsource-variable/bricolage-grotesque/opsz.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@/app/globals.css';
import { NextIntlClientProvider } from 'next-intl';
import { Crash } from '@/components/shell/crash';
import { CRASH } from '@/components/shell/crash-messages';
import { asLanguage, LANGUAGES, LOCALES } from '@/lib/core/language';

/** The language of the page that crashed. A browser that translates changes the `lang` attribute. */
const languageOfPage = () =>
  asLanguage(globalThis.document?.documentElement.dataset.language) ?? LANGUAGES[0];

export default function GlobalErrorPage({ reset }: { readonly reset: () => void }) {
  const language = languageOfPage();
  return (
    <html lang={language} data-language={language}>
      <body className="flex min-h-dvh flex-col">
        <NextIntlClientProvider
          locale={LOCALES[language]}
          messages={{ shell: { crash: CRASH[language] } }}
        >
          <Crash retry={reset} />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
