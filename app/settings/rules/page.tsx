// The rules that dispatch agents to rooms. Everybody shares them, so the server renders the current ones.

import { headers } from 'next/headers';
import { visit } from '@/app/visit';
import { requestMessages } from '@/components/language/request-messages';
import { RulesView } from '@/components/rules/rules-view';
import type { RulesNow } from '@/components/rules/use-rules';
import { BackLink } from '@/components/ui/back-link';
import { Queries } from '@/components/ui/queries';
import { pagesOrigin } from '@/lib/core/server-config';
import { rulesMessages } from '@/lib/rules/messages';
import { loadRules } from '@/lib/rules/store';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(rulesMessages)).rulesText.title,
});

/** The current rules; undefined if they cannot be read, of which the page learns the reason from the route. */
async function rulesNow(): Promise<RulesNow | undefined> {
  try {
    return await loadRules(server());
  } catch {
    return undefined;
  }
}

/** The server's origin; empty if the settings are invalid. */
async function shownOrigin(): Promise<string> {
  const asked = await headers();
  try {
    return pagesOrigin(server().config, asked);
  } catch {
    return '';
  }
}

export default async function RulesPage() {
  await visit('/settings/rules');
  const { rulesText } = await requestMessages(rulesMessages);
  const origin = await shownOrigin();
  return (
    <main id="main" className="mx-auto w-full max-w-[44rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <BackLink href="/settings" label={rulesText.back} />
      <h1 className="text-[34px] leading-tight">{rulesText.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{rulesText.lead}</p>
      <Queries>
        <RulesView first={await rulesNow()} address={`${origin}/api/webhooks/livekit`} />
      </Queries>
    </main>
  );
}
