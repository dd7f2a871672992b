'use client';
// The words of agents and workers, for components. Their page gives the browser the messages `catalogue`.
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { catalogueWords } from '@/lib/messages/catalogue';

/** The words of agents and workers in the language of the page. */
export function useCatalogue() {
  const t = useTranslations('catalogue');
  const locale = useLocale();
  return useMemo(() => catalogueWords(t, locale), [t, locale]);
}
