'use client';
// A date and time in the visitor's time zone. Only known in the browser, so its space is reserved.
import { useLocale } from '@/components/language/language';
import { useBrowserValue } from '@/components/ui/use-browser-value';

const format = (at: number, locale: string) =>
  new Date(at).toLocaleString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

/** @param at in milliseconds since 1970 */
export function When({ at }: { readonly at: number }) {
  const locale = useLocale();
  const words = useBrowserValue(() => format(at, locale), '');
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
