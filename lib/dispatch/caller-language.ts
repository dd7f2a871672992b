// The caller's language for the agents of a call, including agents of the project's own. It is part of the
// dispatch metadata; English is the default and is not written.
import * as z from 'zod/mini';
import { chosenLanguage, LANGUAGES, primary, wantedTags } from '@/lib/core/language';
import { metadataObject } from '@/lib/dispatch/metadata';

/** Longest language tag in characters: BCP 47 (RFC 5646, 4.4.1) requires support for 35. */
const TAG_MAX = 35;

const envelope = z.object({ language: z.string().check(z.maxLength(TAG_MAX)) });

/** The canonical form of a BCP 47 tag; undefined if it is invalid. */
export function asTag(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

/** Whether this is the default language. */
export const isEnglish = (tag: string): boolean => primary(tag) === LANGUAGES[0];

/** The language of a request: the chosen one, or the first in `Accept-Language`. */
export function callerLanguage(headers: Pick<Headers, 'get'>): string {
  const [first] = wantedTags(headers.get('accept-language') ?? '');
  return chosenLanguage(headers) ?? (first && asTag(first)) ?? LANGUAGES[0];
}

/** The language in a dispatch's metadata, if any. */
export function readLanguage(metadata: string): string | undefined {
  const { data } = envelope.safeParse(metadataObject(metadata));
  return data && asTag(data.language);
}

/** Adds the language to the metadata, unless it has one or is not a JSON object. */
export function writeLanguage(language: string, metadata = ''): string {
  const before = metadataObject(metadata);
  if (!before || 'language' in before || isEnglish(language)) return metadata;
  return JSON.stringify({ ...before, language });
}
