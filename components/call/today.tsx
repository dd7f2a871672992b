'use client';
// The day on the board, in the visitor's own time zone: known only in the browser.
import { useSyncExternalStore } from 'react';
import { useLocale } from '@/components/language/language';

const day = (locale: string) =>
  new Date().toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'short' });
const never = () => () => {};

export function Today() {
  const locale = useLocale();
  const today = useSyncExternalStore(
    never,
    () => day(locale),
    () => '',
  );
  return <span className="num min-h-5">{today}</span>;
}
