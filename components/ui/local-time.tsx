'use client';
// A time of day in the visitor's time zone, which only the browser knows.
import { useSyncExternalStore } from 'react';
import { useLocale } from '@/components/language/language';

const never = () => () => {};

/** @param at ISO 8601 */
export function LocalTime({ at }: { readonly at: string }) {
  const locale = useLocale();
  const time = useSyncExternalStore(
    never,
    () => new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }),
    () => '',
  );
  return (
    <time dateTime={at} className="num">
      {time}
    </time>
  );
}
