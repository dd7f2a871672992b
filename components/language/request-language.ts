// The language of the page that is being made on the server, by what the browser sent.
import { headers } from 'next/headers';
import { type InLanguages, languageOf } from '@/lib/core/language';

/** The texts of the page that is being made. */
export const texts = async <T>(all: InLanguages<T>): Promise<T> => all[languageOf(await headers())];
