'use client';
// The language of the page, for components. The server chooses it, so the first paint and hydration agree; to change
// the language, the page is loaded from the server again.
import { createContext, type ReactNode, useContext } from 'react';
import { type InLanguages, LANGUAGES, type Language, LOCALES } from '@/lib/core/language';

const Current = createContext<Language>(LANGUAGES[0]);

interface LanguageProviderProps {
  readonly language: Language;
  readonly children: ReactNode;
}

export function LanguageProvider({ language, children }: LanguageProviderProps) {
  return <Current value={language}>{children}</Current>;
}

/** The locale for `Intl`. */
export const useLocale = (): string => LOCALES[useContext(Current)];

/** The messages in the language of the page. */
export const useMessages = <T,>(all: InLanguages<T>): T => all[useContext(Current)];
