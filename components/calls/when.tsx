'use client';
// A day and a time in the visitor's own time zone: known only in the browser, so their place is kept.
import { useSyncExternalStore } from 'react';
import { useLocale } from '@/components/language/language';

const never = () => () => {};
const format = (at: number, locale: string) =>
  new Date(at).toLocaleString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

/** `at` is milliseconds since 1970. */
export function When({ at }: { readonly at: number }) {
  const locale = useLocale();
  const words = useSyncExternalStore(
    never,
    () => format(at, locale),
    () => '',
  );
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={new Date(at).toISOString()}
      className="num inline-block min-w-[17ch] whitespace-nowrap"
    >
      {words || '\u00a0'}
    </time>
  );
}
