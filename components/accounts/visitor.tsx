'use client';
// Who the page is shown to, so that it shows nothing they may not do. That they cannot do it is the
// server's part.
import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext } from 'react';
import type { Right } from '@/lib/auth/rights';

/** The visitor as far as the page goes by it. */
export interface Shown {
  readonly rights: readonly Right[];
  /** There is an account they can sign out of. */
  readonly signedIn: boolean;
  /** People sign in here, and this one has not. */
  readonly stranger: boolean;
  /** Names of the agents that a stranger may call; not set where all may be called. */
  readonly mayCall?: readonly string[];
}

const Current = createContext<Shown>({ rights: [], signedIn: false, stranger: false });

interface VisitorProviderProps {
  readonly visitor: Shown;
  readonly children: ReactNode;
}

export function VisitorProvider({ visitor, children }: VisitorProviderProps) {
  return <Current value={visitor}>{children}</Current>;
}

/** Whether the visitor is a guest: they have nothing but an invitation into a call. */
export function useGuest(): boolean {
  const { signedIn } = useContext(Current);
  return usePathname().startsWith('/join/') && !signedIn;
}

export const useVisitor = (): Shown => useContext(Current);

/** Whether the visitor has the right. */
export const useMay = (right: Right): boolean => useContext(Current).rights.includes(right);
