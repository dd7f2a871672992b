// Numbers, money and lists in the notation of a locale, for words that are put together in code. A message formats the
// numbers in it itself: `{ms, number, integer}`.

/** "1,200", or "1.2" with one decimal. */
export const number = (value: number, locale: string, decimals = 0): string =>
  value.toLocaleString(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });

/** "Ada, Milo and Frank". */
export const listed = (names: readonly string[], locale: string): string =>
  new Intl.ListFormat(locale).format(names);

/** An amount of money, with up to four decimals, because calls cost fractions of a cent: "$0.0123". */
export const money = (amount: number, currency: string, locale: string): string =>
  // British English writes "US$".
  amount.toLocaleString(locale === 'en-GB' ? 'en-US' : locale, {
    style: 'currency',
    currency,
    maximumFractionDigits: 4,
  });
