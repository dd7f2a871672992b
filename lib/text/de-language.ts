// What is said of the page's own language, in German.
import type { Shape } from '../language/language';
import type { languageText as english } from './en-language';

export const languageText: Shape<typeof english> = {
  label: 'Sprache',
  hint: 'Die Sprache der Seiten. Agenten sprechen sie auch, wenn sie ein Sprachmodell haben und ihre Sprachdienste sie können, sonst Englisch.',
  own: 'Automatisch',
  spoken: 'Dieser Agent spricht Englisch.',
};
