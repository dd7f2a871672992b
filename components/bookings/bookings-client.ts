// The diary over HTTP, as the page loads and changes it.
import { ask } from '@/components/calls/calls-client';
import type { DeskList } from '@/lib/bookings/store/read-desk';
import { fromWire } from '@/lib/calls/view/wire';

const one = (id: string) => `/api/bookings/${encodeURIComponent(id)}`;

/** Appointments and messages. @throws {CallsProblem} */
export const loadDesk = async (query: URLSearchParams, signal: AbortSignal) =>
  fromWire<DeskList>(await ask(`/api/bookings?${query}`, { signal }));

/** Cancels an appointment. @throws {CallsProblem} */
export const cancelBooking = (id: string) => ask(`${one(id)}/cancel`, { method: 'POST' });

/** Where an appointment's calendar file is to be had. */
export const fileHref = (id: string) => `${one(id)}/calendar.ics`;

/** Where a diary can be subscribed to. @param key of a private address, where people sign in */
export const feedHref = (deployment: string, key?: string) =>
  `/api/bookings.ics?${new URLSearchParams({ deployment, ...(key && { key }) })}`;

const ADDRESS = '/api/bookings/calendar-address';

/** Makes the private address anew: the one before stops. @throws {CallsProblem} */
export const makeAddress = async () =>
  ((await ask(ADDRESS, { method: 'POST' })) as { readonly key: string }).key;

/** Takes the private address back. @throws {CallsProblem} */
export const removeAddress = () => ask(ADDRESS, { method: 'DELETE' });
