// A call in a frame on another site, opened by `public/embed.js`. The header `frame-ancestors` says which sites may embed
// it (`proxy.ts`).

import { startProps } from '@/app/start-props';
import { visit } from '@/app/visit';
import { EmbedPage } from '@/components/embed/embed-page';
import { CALL, PageMessages } from '@/components/language/messages';
import { asLanguage } from '@/lib/core/language';
import { server } from '@/lib/server';

type Query = Promise<Record<string, string | string[] | undefined>>;

export const metadata = { robots: { index: false } };

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

const isColor = (value = ''): value is `#${string}` => /^#[\da-f]{6}$/i.test(value);

export default async function Page({ searchParams }: { readonly searchParams: Query }) {
  await visit('/embed');
  const { agent, color, language } = await searchParams;
  const wanted = one(color);
  return (
    <PageMessages of={['embed', ...CALL, 'language']}>
      <EmbedPage
        agent={one(agent) ?? ''}
        color={isColor(wanted) ? wanted : undefined}
        language={asLanguage(one(language))}
        {...startProps(server().config)}
      />
    </PageMessages>
  );
}
