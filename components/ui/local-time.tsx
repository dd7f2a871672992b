'use client';
// A time of day in the visitor's time zone, which only the browser knows.
import { useLocale } from '@/components/language/language';
import { useBrowserValue } from './use-browser-value';

/** @param at ISO 8601 */
export function LocalTime({ at }: { readonly at: string }) {
  const locale = useLocale();
  const time = useBrowserValue(
    () => new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }),
    '',
  );
  return (
    <time dateTime={at} className="num">
      {time}
    </time>
  );
}
