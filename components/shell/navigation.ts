// Which pages the navigation leads to, and who sees them. Pure: pages on the server and in the browser ask it.
import { PAGES } from '@/lib/auth/pages';
import type { Permission } from '@/lib/auth/permissions';

export interface Entry {
  readonly href: keyof typeof PAGES;
  /** Key of its label. */
  readonly name: string;
  /** The feature that it belongs to. */
  readonly feature?: string;
}

/** Pages of the header. */
export const MAIN = [
  { href: '/', name: 'call' },
  { href: '/calls', name: 'calls' },
  { href: '/agents', name: 'agents' },
  { href: '/doctor', name: 'doctor', feature: 'doctor' },
  { href: '/admin', name: 'admin' },
] as const satisfies readonly Entry[];

/** Tabs of Admin. */
export const ADMIN = [
  { href: '/admin/people', name: 'people' },
  { href: '/admin/rules', name: 'rules', feature: 'rules' },
  { href: '/admin/telephone', name: 'telephone', feature: 'telephony' },
  { href: '/admin/keys', name: 'keys' },
  { href: '/admin/audit', name: 'audit' },
] as const satisfies readonly Entry[];

interface Viewer {
  readonly rights: readonly Permission[];
  /** Names of the features of this server. */
  readonly features: readonly string[];
}

/** The entries that this visitor may see. */
export const entriesFor = <E extends Entry>(
  entries: readonly E[],
  { rights, features }: Viewer,
): readonly E[] =>
  entries.filter(({ href, feature }: Entry) => {
    if (feature !== undefined && !features.includes(feature)) return false;
    if (href === '/admin') return entriesFor(ADMIN, { rights, features }).length > 0;
    const right = PAGES[href];
    // Anonymous visitors may open the start page, which then asks them to sign in if no agent is public.
    return href === '/' || right === 'open' || rights.includes(right);
  });

/** Pages that belong to an entry whose address theirs does not begin with. */
const ELSEWHERE: Readonly<Record<string, string>> = { '/callers/': '/calls', '/join/': '/' };

/** Whether `path` is the page of the entry, or belongs to it. */
export const isWithin = (path: string, href: string): boolean =>
  path === href ||
  (href !== '/' && path.startsWith(`${href}/`)) ||
  Object.entries(ELSEWHERE).some(([start, entry]) => entry === href && path.startsWith(start));
