// What a tool was given and what it gave back, as fields that people can read: both travel as JSON text.

/** One field in plain words. */
export interface Field {
  /** `phoneNumber` and `phone_number` are "phone number"; empty where the text is no object. */
  readonly name: string;
  readonly value: string;
}

const inWords = (name: string) =>
  name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[_\s-]+/g, ' ')
    .trim()
    .toLowerCase();

function inText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) {
    return value.map(inText).join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * The fields of a JSON text, without those that are empty; one without a name where it is no object, or no
 * JSON.
 */
export function fieldsOf(text: string): readonly Field[] {
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Words, or JSON that was cut: shown as they are.
  }
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  const fields = isObject
    ? Object.entries(parsed as object).map(([name, value]) => ({
        name: inWords(name),
        value: inText(value),
      }))
    : [{ name: '', value: inText(parsed) }];
  return fields.filter(({ value }) => value.trim() !== '');
}
