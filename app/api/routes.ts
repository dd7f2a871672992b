// The routes of this process: `lib/auth/route.ts` with its state.
import { routesOf } from '@/lib/auth/route';
import { server } from '@/lib/server';

type Given = Parameters<typeof routesOf<ReturnType<typeof server>>>;

/** The exports of a route file: see `routesOf`. */
export const routes = (handlers: Given[1], others?: Given[2]) => routesOf(server, handlers, others);
