// The names of the theme in browsers, for the script that applies it to a new page and the code that follows it.

/** What can be chosen. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Key of the chosen one in local storage. */
export const THEME_KEY = 'theme';

/** Media query: whether the system's theme is dark. */
export const SYSTEM_DARK = '(prefers-color-scheme: dark)';
