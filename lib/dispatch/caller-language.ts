// The language of a caller, for the agents of their call: any there is, not only those of the pages. It
// stands in the metadata of the dispatch, beside whatever else is there; nothing does for English.
import * as z from 'zod/mini';
import { chosenLanguage, LANGUAGES, primary, wantedTags } from '@/lib/core/language';
import { metadataObject } from './metadata';

/** Longest tag in characters: BCP 47 (RFC 5646, 4.4.1) has every program take those of 35. */
const TAG_MAX = 35;

const envelope = z.object({ language: z.string().check(z.maxLength(TAG_MAX)) });

/** A BCP 47 tag as it is usually written; undefined where it is none. */
export function asTag(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

/** Whether it is the language of whoever asks for none. */
export const isEnglish = (tag: string): boolean => primary(tag) === LANGUAGES[0];

/** The language to speak with who sends this request: what was chosen, else what is most wanted. */
export function callerLanguage(headers: Pick<Headers, 'get'>): string {
  const [first = ''] = wantedTags(headers.get('accept-language') ?? '');
  return chosenLanguage(headers) ?? asTag(first) ?? LANGUAGES[0];
}

/** The language that the metadata of a dispatch names, if it names one. */
export function readLanguage(metadata: string): string | undefined {
  const { data } = envelope.safeParse(metadataObject(metadata));
  return data && asTag(data.language);
}

/** The metadata with that language in it, unless it names one, or is a text of the project's own. */
export function writeLanguage(language: string, metadata = ''): string {
  const before = metadataObject(metadata);
  if (!before || 'language' in before || isEnglish(language)) return metadata;
  return JSON.stringify({ ...before, language });
}

/** The metadata for another dispatch into the same call: with the language of an earlier one. */
export function keepLanguage(
  metadata: string,
  earlier: readonly { readonly metadata: string }[],
): string {
  const kept = earlier.map((one) => readLanguage(one.metadata)).find((one) => one !== undefined);
  return kept ? writeLanguage(kept, metadata) : metadata;
}
