// What is stored about callers, for how long, and whom to contact, as configured.

import { visit } from '@/app/visit';
import { requestMessages } from '@/components/language/request-messages';
import { privacyMessages } from '@/lib/messages/privacy';
import { keptBy } from '@/lib/privacy/kept';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(privacyMessages)).privacyText.title,
});

export default async function PrivacyPage() {
  await visit('/privacy');
  const { privacyText } = await requestMessages(privacyMessages);
  return (
    <main id="main" className="mx-auto w-full max-w-[44rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <h1 className="text-[34px] leading-tight">{privacyText.title}</h1>
      <p className="mt-1 text-[16px] text-muted-foreground">{privacyText.lead}</p>
      {privacyText.sections(keptBy(server())).map(({ title, body }) => (
        <section key={title} className="mt-8">
          <h2 className="pb-1.5 text-[18px]">{title}</h2>
          {body.map((paragraph) => (
            <p
              key={paragraph}
              className="mt-1.5 text-[16px] leading-relaxed [overflow-wrap:anywhere]"
            >
              {paragraph}
            </p>
          ))}
        </section>
      ))}
    </main>
  );
}
