'use client';
// The current visitor, so that pages show only what they may do. The server enforces the permissions.
import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext } from 'react';
import type { Permission, Role } from '@/lib/auth/permissions';
import { EMBED_PATH } from '@/lib/core/embed-sites';

/** The visitor, as far as pages need to know. */
export interface Shown {
  readonly rights: readonly Permission[];
  /** The account that is signed in. */
  readonly signedIn: { readonly name: string; readonly role: Role } | undefined;
  /** Whether accounts are required and the visitor is not signed in. */
  readonly anonymous: boolean;
  /** Names of the features of this server: `lib/features.ts`. */
  readonly features: readonly string[];
}

const Current = createContext<Shown>({
  rights: [],
  features: [],
  signedIn: undefined,
  anonymous: false,
});

interface VisitorProviderProps {
  readonly visitor: Shown;
  readonly children: ReactNode;
}

export function VisitorProvider({ visitor, children }: VisitorProviderProps) {
  return <Current value={visitor}>{children}</Current>;
}

/** Whether the visitor only has an invitation to a call. */
export function useGuest(): boolean {
  const { signedIn } = useContext(Current);
  return usePathname().startsWith('/join/') && !signedIn;
}

/** Whether this page is shown in a frame on another site, and so hides navigation. */
export const useEmbedded = (): boolean => usePathname() === EMBED_PATH;

export const useVisitor = (): Shown => useContext(Current);

/** Whether the visitor has a permission. */
export const usePermission = (right: Permission): boolean =>
  useContext(Current).rights.includes(right);

/** Whether this server has a feature, so that no link leads to one that was deleted. */
export const useFeature = (name: string): boolean => useContext(Current).features.includes(name);
