// What next-intl asks for each request: the language of the visitor, and its messages.
import { headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { LOCALES, languageOf } from '@/lib/core/language';
import { messagesToFormat } from '@/lib/messages/messages';

/** Of this machine. By default next-intl finds it out for each page anew, which takes half a millisecond. */
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

export default getRequestConfig(async () => {
  const language = languageOf(await headers());
  return { locale: LOCALES[language], messages: messagesToFormat(language), timeZone };
});
