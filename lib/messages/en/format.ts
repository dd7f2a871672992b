// Numbers and lists as English writes them.

/** "1 call", "1,200 calls". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** "Ada, Milo and Frank". */
export const listed = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB').format(names);

/** Milliseconds in seconds: "1.2 s". */
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** "1,200". */
export const number = (count: number): string => Math.round(count).toLocaleString('en-GB');

/** An amount of money, with up to four decimals, because calls cost fractions of a cent: "$0.0123". */
export const money = (amount: number, currency: string): string =>
  amount.toLocaleString('en-US', { style: 'currency', currency, maximumFractionDigits: 4 });
