import { expect, test } from 'vitest';
import { languageText } from './language-text';

test('a model is told which language to speak, by its name', () => {
  expect(languageText('de-AT')).toContain('Speak Austrian German from the first word on');
  expect(languageText('fr')).toContain('The caller speaks French.');
  expect(languageText('en')).toBe('');
  expect(languageText('en-GB')).toBe('');
});
