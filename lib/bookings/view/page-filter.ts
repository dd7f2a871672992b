// The filters of the page of bookings as they stand in its address. What cannot be used is passed over.
import { isDay } from '../days';

/** Empty where the page does not filter by it. */
export interface DeskPageFilter {
  readonly deployment: string;
  /** Part of a name. */
  readonly q: string;
  /** First day, an ISO date; today where it is empty. */
  readonly from: string;
}

export const NO_DESK_FILTER: DeskPageFilter = { deployment: '', q: '', from: '' };

/** The filter that stands in an address. */
export function readDeskFilter(params: { get(name: string): string | null }): DeskPageFilter {
  const from = params.get('from') ?? '';
  return {
    deployment: params.get('deployment')?.slice(0, 64) ?? '',
    q: params.get('q')?.slice(0, 200) ?? '',
    from: isDay(from) ? from : '',
  };
}

/** The same for `GET /api/bookings`. */
export function deskQuery(filter: DeskPageFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value.trim() !== ''));
}

/** The page's address with this filter. */
export function deskHref(filter: DeskPageFilter): string {
  const query = deskQuery(filter);
  return query.size > 0 ? `/bookings?${query}` : '/bookings';
}
