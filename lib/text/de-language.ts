// What is said of the page's own language, in German.
import type { Shape } from '../language/language';
import type { languageText as english } from './en-language';

export const languageText: Shape<typeof english> = {
  label: 'Sprache',
  hint: 'Der Seiten. Agenten sprechen sie auch, wenn ihre Sprachdienste sie können; die eingebauten können nur Englisch. In Anrufen in jeder anderen Sprache ist alles, was Agenten ohne Modell sagen, in der näheren dieser beiden.',
  own: 'Automatisch',
  spoken: 'Die Agenten auf diesem Rechner sprechen Englisch.',
};
