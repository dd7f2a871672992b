'use client';
// The language of the page in its components. The server chooses it, so that the first paint has it and
// the browser draws the same; a page in another language comes from the server as well.
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

/** How dates and numbers are written here, for `Intl`. */
export const useLocale = (): string => LOCALES[useContext(Current)];

/** The texts to show. */
export const useTexts = <T,>(texts: InLanguages<T>): T => texts[useContext(Current)];
