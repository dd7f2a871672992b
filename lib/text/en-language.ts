// What is said of the page's own language, in English.

export const languageText = {
  label: 'Language',
  hint: 'Of these pages. Agents speak it as well if their speech knows it; the built-in speech is English. In calls in any other language, what agents say without a model is in the nearer of these two.',
  /** Where the language is left to the browser. */
  own: 'Automatic',
  /** Said where a call begins: nothing where agents speak the language of the page. */
  spoken: '',
} as const;
