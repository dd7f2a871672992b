// Numbers and lists as German writes them.

/** A number with this many decimals: "1,2". */
export const fixed = (value: number, digits = 0): string =>
  value.toLocaleString('de-DE', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** "1 Anruf", "1.200 Anrufe". */
export const counted = (count: number, one: string, many: string): string =>
  `${fixed(count)} ${count === 1 ? one : many}`;

/** "Ada, Milo und Frank". */
export const listed = (names: readonly string[]): string =>
  new Intl.ListFormat('de-DE').format(names);

/** Milliseconds in seconds: "1,2 s". */
export const seconds = (ms: number): string => `${fixed(ms / 1_000, 1)} s`;

/** An amount of money, with up to four decimals: "0,0123 $". */
export const money = (amount: number, currency: string): string =>
  amount.toLocaleString('de-DE', { style: 'currency', currency, maximumFractionDigits: 4 });
