// The layout of all pages: local fonts, header, and a skip link for keyboards.
import '@fontsource-variable/bricolage-grotesque/opsz.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@/app/globals.css';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { BEFORE_PAINT } from '@/app/before-paint';
import { shownTo, visitor } from '@/app/visit';
import { appConfig } from '@/app-config';
import { VisitorProvider } from '@/components/accounts/visitor';
import { AgentList } from '@/components/agents/agent-list';
import { PageMessages } from '@/components/language/messages';
import { Header } from '@/components/shell/header';
import type { ListedAgent } from '@/lib/agents/agent';
import { listedOf } from '@/lib/agents/listed';
import { publicAgents } from '@/lib/agents/registry';
import { currentAgents } from '@/lib/agents/status';
import { agentsFor } from '@/lib/auth/agents';
import { ANONYMOUS, type Visitor } from '@/lib/auth/permissions';
import { accentStyles } from '@/lib/core/app-config';
import { isConfigError } from '@/lib/core/config';
import { languageOf } from '@/lib/core/language';
import { server } from '@/lib/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shell');
  return {
    title: { default: appConfig.pageTitle, template: `%s · ${appConfig.productName}` },
    description: t('description'),
    applicationName: appConfig.productName,
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#12151b' },
  ],
  interactiveWidget: 'resizes-content',
};

/** The agents that the visitor may see; none while the settings are invalid, which the call then says. */
function agentList(who: Visitor): readonly ListedAgent[] {
  try {
    return agentsFor(who, currentAgents(server()), publicAgents(server())).map(listedOf);
  } catch (error) {
    if (isConfigError(error)) return [];
    throw error;
  }
}

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const request = await headers();
  const language = languageOf(request);
  const nonce = request.get('x-nonce') ?? undefined;
  const t = await getTranslations('shell');
  const accent = accentStyles();
  const who = await visitor().catch(() => ANONYMOUS);
  return (
    <html lang={language} data-language={language} suppressHydrationWarning>
      <head>
        <script
          // As with the style below.
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text, which must run before the paint
          dangerouslySetInnerHTML={{ __html: BEFORE_PAINT }}
        />
      </head>
      <body className="flex min-h-dvh flex-col">
        {accent && (
          // Browsers hide the nonce from the DOM, so it differs on hydration.
          <style nonce={nonce} suppressHydrationWarning>
            {accent}
          </style>
        )}
        <PageMessages>
          <VisitorProvider visitor={shownTo(who)}>
            <AgentList agents={agentList(who)}>
              <a
                href="#main"
                className="sr-only z-50 rounded-md bg-foreground px-4 py-3 font-semibold text-card focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
              >
                {t('skip')}
              </a>
              <Header />
              {children}
            </AgentList>
          </VisitorProvider>
        </PageMessages>
      </body>
    </html>
  );
}
