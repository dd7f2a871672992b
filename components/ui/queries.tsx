'use client';
// Data of admin pages: first from the server, then loaded again with TanStack Query. The start page does without it.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ApiError } from '@/components/ui/request';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError;
  }
}

/** Milliseconds for which data from the server is not loaded again when the page opens or becomes visible. */
const FRESH_MS = 1_000;

/** Provides the queries of a page. */
export function Queries({ children }: { readonly children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // Pages show the error at once, and load again with a button or after their interval. Callboard may be on
          // this machine, so being offline is no reason to wait.
          queries: { retry: false, staleTime: FRESH_MS, networkMode: 'always' },
          mutations: { networkMode: 'always' },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
