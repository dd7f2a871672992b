// The routes of this process: `lib/auth/route.ts` with its state.
import { routesOf } from '@/lib/auth/route';
import { server } from '@/lib/server';

/** The exports of a route file: see `routesOf`. */
export const routes = (handlers: Parameters<typeof routesOf<ReturnType<typeof server>>>[1]) =>
  routesOf(server, handlers);
