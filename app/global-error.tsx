'use client';
// The error page of the layout: it replaces the header too, and knows nothing that the layout provides.
import '@/app/globals.css';
import { LanguageProvider } from '@/components/language/language';
import { pageLanguage } from '@/components/language/page-messages';
import { Crash } from '@/components/shell/crash';

export default function GlobalErrorPage({ reset }: { readonly reset: () => void }) {
  const language = pageLanguage();
  return (
    <html lang={language} data-language={language}>
      <body className="flex min-h-dvh flex-col">
        <LanguageProvider language={language}>
          <Crash retry={reset} />
        </LanguageProvider>
      </body>
    </html>
  );
}
