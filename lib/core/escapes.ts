// Services put the answer of another service into their own as a string: `{"error": "…limit.\\nTry again"}`. People should
// not read the escapes.

/** Two letters of a Windows path, whose backslashes are no escapes: `C:\new`. */
const PATH = /\b[a-z]:\\/i;

/** `text` with a space for each escaped line break or tab, and with plain quotes. */
export function withoutEscapes(text: string): string {
  if (PATH.test(text)) return text;
  return text
    .replace(/\s*(?:\\+[nrt])+\s*/g, ' ')
    .replace(/\\+(["'])/g, '$1')
    .trim();
}
