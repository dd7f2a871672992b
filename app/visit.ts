// Access control of every page: who visits it, and whether they may. Others are sent to sign in, and return afterwards.

import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { Shown } from '@/components/accounts/visitor';
import { publicAgents } from '@/lib/agents/registry';
import { PAGES, type PagePath } from '@/lib/auth/pages';
import {
  ANONYMOUS,
  hasPermission,
  PERMISSIONS,
  USER_ONLY,
  type Visitor,
} from '@/lib/auth/permissions';
import { localVisitor, signInIsOn, visitorOf } from '@/lib/auth/visitor';
import { toProblem } from '@/lib/core/problem';
import * as features from '@/lib/features';
import { server } from '@/lib/server';

/** The visitor, resolved once for all parts of a page. Anonymous if the credentials are invalid: a page offers to sign in. */
export const visitor = cache(async (): Promise<Visitor> => {
  try {
    const asked = await headers();
    return signInIsOn() ? await visitorOf(server(), asked) : localVisitor(asked);
  } catch (error) {
    if (toProblem(error).kind === 'sign-in-needed') return ANONYMOUS;
    throw error;
  }
});

/** The part of the visitor that pages need; without a database the visitor is anonymous. */
export function shownTo(who: Visitor): Shown {
  const { name, role } = who;
  return {
    rights: PERMISSIONS.filter(
      // Without accounts, nobody has one to manage.
      (right) => hasPermission(who, right) && (signInIsOn() || !USER_ONLY.includes(right)),
    ),
    features: Object.keys(features),
    signedIn: who.by === 'session' && role ? { name, role } : undefined,
    anonymous: who.by === 'nobody' && signInIsOn(),
  };
}

/**
 * Requires that the visitor may see this page.
 * @param path of the page, as in `lib/auth/pages.ts`
 * @param here address to return to, if different
 */
export async function visit(path: PagePath, here: string = path): Promise<Visitor> {
  const who = await visitor();
  const right = PAGES[path];
  if (right === 'open' || hasPermission(who, right)) return who;
  if (who.by !== 'nobody') notFound();
  if (path === '/' && signInIsOn() && publicAgents(server()).length > 0) return who;
  redirect(`/sign-in?next=${encodeURIComponent(here)}`);
}

/** For pages about accounts, which do not exist if nobody has to sign in. */
export function requireAccounts(): void {
  if (!signInIsOn()) notFound();
}

/** The page's address with its query, to return to. */
export function here(
  path: string,
  asked: Readonly<Record<string, string | string[] | undefined>>,
): string {
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
  return query.size > 0 ? `${path}?${query}` : path;
}
