'use client';
// Light and dark, as the system has it or as was chosen in the settings.
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';

interface ThemeProps {
  /** Of the page's Content-Security-Policy. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

export function Theme({ nonce, children }: ThemeProps) {
  // The policy is the first page's for as long as nothing is loaded anew; later nonces are not in it.
  const [first] = useState(nonce);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={first}
    >
      {children}
    </ThemeProvider>
  );
}
