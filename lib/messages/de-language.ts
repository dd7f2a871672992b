// What is said of the page's own language, in German.
import type { Shape } from '@/lib/core/language';
import type { languageText as english } from './en-language';

export const languageText: Shape<typeof english> = {
  label: 'Sprache',
  hint: 'Die Sprache der Seiten. Die mitgelieferten Agenten sprechen nur Englisch.',
  own: 'Automatisch',
  spoken: 'Dieser Agent spricht Englisch.',
};
