// What is said of the page's own language, in English.

export const languageText = {
  label: 'Language',
  hint: 'The language of these pages. Agents speak it too if they have a language model and speech that knows it; otherwise they speak English.',
  /** Where the language is left to the browser. */
  own: 'Automatic',
  /** Said where a call begins: nothing where agents speak the language of the page. */
  spoken: '',
} as const;
