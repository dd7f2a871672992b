// The permission that each page requires: anonymous visitors are redirected to sign in, others get "not found".
import type { Permission } from '@/lib/auth/permissions';

/** By path, as the page's folder under `app` is named. */
export const PAGES = {
  // Also for anonymous visitors, if an agent is public.
  '/': 'call',
  '/account': 'account',
  // Leads to the first of its pages that the visitor may see.
  '/admin': 'watch',
  '/admin/audit': 'people',
  '/admin/keys': 'people',
  '/admin/people': 'people',
  '/admin/rules': 'watch',
  '/admin/telephone': 'dispatch',
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
  '/calls/live': 'watch',
  '/calls/waiting': 'watch',
  '/doctor': 'doctor',
  // Also for anonymous visitors: calls from the frame are authorized separately.
  '/embed': 'open',
  // For everybody with the link.
  '/join/[invitation]': 'open',
  // For everybody with the link.
  '/password/[link]': 'open',
  '/privacy': 'open',
  '/settings': 'call',
  '/sign-in': 'open',
  // For everybody with the link.
  '/sign-up/[link]': 'open',
} as const satisfies Record<string, Permission | 'open'>;
export type PagePath = keyof typeof PAGES;
