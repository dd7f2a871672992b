'use client';
// Times in the visitor's time zone, which only the browser knows.
import { useLocale } from 'next-intl';
import { useBrowserValue } from '@/components/ui/use-browser-value';

/**
 * A time of day.
 * @param at ISO 8601
 */
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

const format = (at: number, locale: string) =>
  new Date(at).toLocaleString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

/**
 * A date and time. Its space is reserved until it is known.
 * @param at in milliseconds since 1970
 */
export function When({ at }: { readonly at: number }) {
  const locale = useLocale();
  const words = useBrowserValue(() => format(at, locale), '');
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={new Date(at).toISOString()}
      className="inline-block min-w-[15ch] whitespace-nowrap tabular-nums"
    >
      {words || '\u00a0'}
    </time>
  );
}
