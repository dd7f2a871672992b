// What next-intl asks for each request: the language of the visitor, and its messages.
import { headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { LOCALES, languageOf } from '@/lib/core/language';
import { messagesIn } from '@/lib/messages/messages';

export default getRequestConfig(async () => {
  const language = languageOf(await headers());
  return { locale: LOCALES[language], messages: messagesIn(language) };
});
