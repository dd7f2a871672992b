// The permission that each page requires: anonymous visitors are redirected to sign in, others get "not found".
import type { Permission } from '@/lib/auth/permissions';

/** By path, as the page's folder under `app` is named. */
export const PAGES = {
  // Also for anonymous visitors, if an agent is public.
  '/': 'call',
  '/account': 'account',
  '/agents': 'watch',
  '/agents/[name]': 'watch',
  '/agents/[name]/rollout': 'watch',
  '/agents/[name]/simulations': 'watch',
  '/agents/[name]/test': 'doctor',
  '/agents/[name]/versions': 'watch',
  '/agents/[name]/workers': 'watch',
  '/callers/[identity]': 'watch',
  '/calls': 'history',
  '/calls/[id]': 'history',
  '/doctor': 'doctor',
  // Also for anonymous visitors: calls from the frame are authorized separately.
  '/embed': 'open',
  // For everybody with the link.
  '/join/[invitation]': 'open',
  // For everybody with the link.
  '/password/[link]': 'open',
  '/people': 'people',
  '/people/log': 'people',
  '/privacy': 'open',
  '/settings': 'call',
  '/settings/rules': 'watch',
  '/sign-in': 'open',
  '/telephone': 'dispatch',
  // For everybody with the link.
  '/sign-up/[link]': 'open',
} as const satisfies Record<string, Permission | 'open'>;
export type PagePath = keyof typeof PAGES;
