// What is said of the page's own language, in English.

export const languageText = {
  label: 'Language',
  hint: 'The language of these pages. The built-in agents speak English only.',
  /** Where the language is left to the browser. */
  own: 'Automatic',
  /** Said where a call begins: nothing where agents speak the language of the page. */
  spoken: '',
} as const;
