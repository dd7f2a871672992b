'use client';
// A time of day in the visitor's own time zone: known only in the browser.
import { useSyncExternalStore } from 'react';
import { useLocale } from '@/components/language/language';

const never = () => () => {};

/** `at` is ISO 8601. */
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
