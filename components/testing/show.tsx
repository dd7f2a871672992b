// Shows a component in a browser as a page would: with its messages, queries, the list of agents and the visitor.
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { type Shown, VisitorProvider } from '@/components/accounts/visitor';
import { AgentList } from '@/components/agents/agent-list';
import { Queries } from '@/components/ui/queries';
import type { ListedAgent } from '@/lib/agents/agent';
import type { Permission } from '@/lib/auth/permissions';
import { type Language, LOCALES } from '@/lib/core/language';
import { messagesIn } from '@/lib/messages/messages';

interface Around {
  readonly agents?: readonly ListedAgent[];
  readonly language?: Language;
  /** What the visitor may do. */
  readonly rights?: readonly Permission[];
  /** The account that is signed in. */
  readonly signedIn?: Shown['signedIn'];
}

/** Renders `children`. A message that is missing fails the test. */
export const show = (
  children: ReactNode,
  { agents = [], language = 'en', rights = [], signedIn }: Around = {},
) =>
  render(
    <NextIntlClientProvider
      locale={LOCALES[language]}
      messages={messagesIn(language)}
      onError={(error) => {
        throw error;
      }}
    >
      <VisitorProvider visitor={{ rights, features: [], signedIn, anonymous: false }}>
        <AgentList agents={agents}>
          <Queries>{children}</Queries>
        </AgentList>
      </VisitorProvider>
    </NextIntlClientProvider>,
  );

/** A request of a page. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** The version that a change is based on. */
  readonly ifMatch?: string | undefined;
}

/**
 * Answers the requests of the page in the place of the server.
 * @returns the requests so far
 */
export function answerWith(
  answer: (request: Sent) => Response | Promise<Response>,
): readonly Sent[] {
  const requests: Sent[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const { method = 'GET', body, headers } = init;
    const sent: Sent = {
      ...{ method, path, body: body === undefined ? undefined : JSON.parse(String(body)) },
      ifMatch: new Headers(headers).get('if-match') ?? undefined,
    };
    requests.push(sent);
    return answer(sent);
  });
  return requests;
}

/** A problem document of the server, with errors of fields. */
export const problem = (
  status: number,
  detail: string,
  errors: readonly { readonly pointer: string; readonly detail: string }[] = [],
): Response => Response.json({ status, detail, errors }, { status });
