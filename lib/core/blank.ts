// Text in which there is nothing to see. What people send by accident, or what a keyboard or a program leaves over, is not
// only spaces: `trim` knows neither zero-width nor control characters.

/** A visible character. U+2800 is Braille without dots; dictation leaves U+FFFC (for an object) behind. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\ufffc]/u;

/** Whether nothing of a text is visible. */
export const isBlank = (text: string): boolean => !VISIBLE.test(text);
