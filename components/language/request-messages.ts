// Messages for server components, in the language of the request.
import { headers } from 'next/headers';
import { type InLanguages, languageOf } from '@/lib/core/language';

/** The messages in the language of the current request. */
export const requestMessages = async <T>(all: InLanguages<T>): Promise<T> =>
  all[languageOf(await headers())];
