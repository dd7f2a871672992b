// Gives the components of a page in the browser their messages: those of its language and its subjects alone.
import { pick } from 'es-toolkit';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Namespace } from '@/lib/messages/messages';

/** Subjects of what every page shows. */
const SHELL = ['shell', 'limits'] as const satisfies readonly Namespace[];

/** Subjects of a call, from the start button on. */
export const CALL = [
  'start',
  'call',
  'mics',
  'toolCall',
  'whyNobody',
  'catalogue',
] as const satisfies readonly Namespace[];

interface PageMessagesProps {
  /** Subjects that the client components of the page use, besides those of the shell. */
  readonly of?: readonly Namespace[];
  readonly children: ReactNode;
}

export async function PageMessages({ of = [], children }: PageMessagesProps) {
  const messages = pick(await getMessages(), [...SHELL, ...of]);
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
