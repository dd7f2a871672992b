// The right that each page wants: strangers are sent to sign in, others who lack it find no such page.
import type { Right } from './rights';

/** By the page's path, as its folder under `app` is called. */
export const PAGES = {
  // Strangers, where an agent is public.
  '/': 'call',
  '/account': 'account',
  '/agents': 'watch',
  '/agents/[name]/rollout': 'watch',
  '/callers/[identity]': 'watch',
  '/calls': 'history',
  '/calls/[id]': 'history',
  '/doctor': 'doctor',
  // Strangers, where an agent is public: its calls ask further.
  '/embed': 'open',
  // Whoever has the link.
  '/join/[invitation]': 'open',
  // Whoever has the link.
  '/password/[link]': 'open',
  '/people': 'people',
  '/people/log': 'people',
  '/privacy': 'open',
  '/rehearsals': 'watch',
  '/settings': 'call',
  '/settings/rules': 'watch',
  '/sign-in': 'open',
  '/telephone': 'dispatch',
  // Whoever has the link.
  '/welcome/[link]': 'open',
} as const satisfies Record<string, Right | 'open'>;
export type PagePath = keyof typeof PAGES;
