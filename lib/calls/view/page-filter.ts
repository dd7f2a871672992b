// The filters of the calls page, stored in its URL so that a view can be shared and the back button works. Invalid
// values are ignored, because a page is not an API.
import { ENDED_BY } from '@/lib/calls/call';

/** Relative time ranges in milliseconds. */
const WITHIN = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
} as const;

/** Values of the time filter. */
export const TIME_RANGES = ['1h', '24h', '7d', '30d', 'range'] as const;

/** The filters of the page; an empty string is no filter. Times are ISO 8601. */
export interface PageFilter {
  readonly agent: string;
  readonly deployment: string;
  readonly outcome: string;
  readonly ended_by: string;
  /** `true`: only calls made by simulations; `false`: only others. */
  readonly test: string;
  /** One of TIME_RANGES, `range` for `from` and `to`, or empty. */
  readonly within: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export const NO_FILTER: PageFilter = {
  agent: '',
  deployment: '',
  outcome: '',
  ended_by: '',
  test: '',
  within: '',
  from: '',
  to: '',
  text: '',
};
const NAMES = Object.keys(NO_FILTER) as (keyof PageFilter)[];

const isTime = (value: string) => !Number.isNaN(Date.parse(value));
const oneOf = (values: readonly string[]) => (value: string) => values.includes(value);
const USABLE: Readonly<Record<keyof PageFilter, (value: string) => boolean>> = {
  agent: (value) => value.length <= 300,
  deployment: (value) => value.length <= 64,
  outcome: (value) => value.length <= 300,
  ended_by: oneOf(ENDED_BY),
  test: oneOf(['true', 'false']),
  within: oneOf(TIME_RANGES),
  from: isTime,
  to: isTime,
  text: () => true,
};

/** Parses the filter in a URL. */
export function readFilter(params: { get(name: string): string | null }): PageFilter {
  const read = NAMES.map((name) => {
    const value = params.get(name)?.slice(0, 200) ?? '';
    return [name, value && USABLE[name](value) ? value : ''] as const;
  });
  return Object.fromEntries(read) as unknown as PageFilter;
}

/** Names of the active filters. */
export function inUse(filter: PageFilter): (keyof PageFilter)[] {
  return NAMES.filter((name) => filter[name].trim() !== '');
}

/** URL of the page with this filter. */
export function pageHref(filter: PageFilter): string {
  const params = new URLSearchParams(inUse(filter).map((name) => [name, filter[name]]));
  return params.size > 0 ? `/calls?${params}` : '/calls';
}

/**
 * The same filter for `GET /api/calls`.
 * @param now milliseconds since 1970: the reference of `within`
 */
export function apiQuery(filter: PageFilter, now: number): URLSearchParams {
  const { within, from, to, ...plain } = filter;
  const params = new URLSearchParams(
    Object.entries(plain).filter(([, value]) => value.trim() !== ''),
  );
  if (within in WITHIN) params.set('from', String(now - WITHIN[within as keyof typeof WITHIN]));
  if (within === 'range' && from) params.set('from', from);
  if (within === 'range' && to) params.set('to', to);
  return params;
}
