'use client';
// Said where a call begins, to those who read the page in a language that the agents do not speak.
import { languageTexts } from '@/lib/text/language';
import { useTexts } from './language';

export function SpokenLanguage() {
  const { spoken } = useTexts(languageTexts).languageText;
  return spoken && <p className="mt-1 text-[14px] text-soft">{spoken}</p>;
}
