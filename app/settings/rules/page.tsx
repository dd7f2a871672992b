// The rules that dispatch agents to rooms. Everybody shares them, so the server renders the current ones.

import { ArrowLeft } from 'lucide-react';
import { headers } from 'next/headers';
import Link from 'next/link';
import { requestMessages } from '@/components/language/request-messages';
import { RulesView } from '@/components/rules/rules-view';
import type { RulesNow } from '@/components/rules/use-rules';
import { Queries } from '@/components/ui/queries';
import { pagesOrigin } from '@/lib/core/server-config';
import { rulesMessages } from '@/lib/rules/messages';
import { loadRules } from '@/lib/rules/store';
import { server } from '@/lib/server';
import { visit } from '../../visit';

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
      <Link
        href="/settings"
        className="-ml-1 inline-flex min-h-11 items-center gap-1.5 rounded-sm px-1 font-medium text-[15px] text-muted-foreground hover:text-foreground"
      >
        <ArrowLeft aria-hidden="true" className="size-[18px]" />
        {rulesText.back}
      </Link>
      <h1 className="text-[34px] leading-tight">{rulesText.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{rulesText.lead}</p>
      <Queries>
        <RulesView first={await rulesNow()} address={`${origin}/api/webhooks/livekit`} />
      </Queries>
    </main>
  );
}
