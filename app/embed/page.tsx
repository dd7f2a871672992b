// A call in a frame on another site, opened by `public/embed.js`. The header `frame-ancestors` says which sites may embed
// it (`proxy.ts`).

import { visit } from '@/app/visit';
import { EmbedPage } from '@/components/embed/embed-page';
import { CALL, PageMessages } from '@/components/language/messages';
import { asLanguage } from '@/lib/core/language';
import { browserUrl } from '@/lib/core/server-config';
import { server } from '@/lib/server';

type Query = Promise<Record<string, string | string[] | undefined>>;

export const metadata = { robots: { index: false } };

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function Page({ searchParams }: { readonly searchParams: Query }) {
  await visit('/embed');
  const { agent, color, language } = await searchParams;
  const config = server().config;
  return (
    <PageMessages of={['embed', ...CALL, 'language']}>
      <EmbedPage
        agent={one(agent) ?? ''}
        color={one(color)?.match(/^#[\da-f]{6}$/i)?.[0]}
        language={asLanguage(one(language))}
        joinTimeoutMs={config.AGENT_JOIN_TIMEOUT_SECONDS * 1_000}
        serverUrl={browserUrl(config)}
        recorded={config.RECORD_CALLS !== 'off'}
        monitored={config.LISTEN_IN === 'shown'}
      />
    </PageMessages>
  );
}
