'use client';
// The theme: the system's, or the one from the settings.
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';

interface ThemeProps {
  /** Of the Content-Security-Policy. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

export function Theme({ nonce, children }: ThemeProps) {
  // The policy of the first page applies until a full reload, so later nonces are not valid.
  const [first] = useState(nonce);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(first !== undefined && { nonce: first })}
    >
      {children}
    </ThemeProvider>
  );
}
