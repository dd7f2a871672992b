// A tool's arguments and result as readable fields. Both are JSON text.

import { jsonIn } from '@/lib/core/json';

/** A readable field. */
export interface Field {
  /** `phoneNumber` and `phone_number` become "phone number"; empty if the text is no object. */
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

/** The non-empty fields of a JSON text; a single field without a name if it is no object or no JSON. */
export function fieldsOf(text: string): readonly Field[] {
  // Plain text or truncated JSON is shown as it is.
  const value = jsonIn(text);
  const parsed = value === undefined ? text : value;
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  const fields = isObject
    ? Object.entries(parsed as object).map(([name, value]) => ({
        name: inWords(name),
        value: inText(value),
      }))
    : [{ name: '', value: inText(parsed) }];
  return fields.filter(({ value }) => value.trim() !== '');
}
