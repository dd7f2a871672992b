// The doctor: `/doctor` examines all parts; `/doctor?room=` says why no agent joined a room; `/doctor?agent=` makes test calls
// to one agent.

import { headers } from 'next/headers';
import Link from 'next/link';
import { here, visit } from '@/app/visit';
import { DoctorView } from '@/components/doctor/doctor-view';
import { TestCalls } from '@/components/doctor/test-calls';
import { WhyView } from '@/components/doctor/why-view';
import { requestMessages } from '@/components/language/request-messages';
import { listedAgent } from '@/lib/agents/registry';
import { asksFromElsewhere } from '@/lib/auth/route';
import { type Language, languageOf } from '@/lib/core/language';
import { examinationPlan, findingFor } from '@/lib/doctor/examine';
import { doctorMessages } from '@/lib/messages/doctor';
import { server } from '@/lib/server';

export const dynamic = 'force-dynamic';
export const generateMetadata = async () => ({
  title: (await requestMessages(doctorMessages)).doctorText.title,
});

interface DoctorPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The one value of a parameter; undefined if it is missing or empty. */
const oneValue = (value: string | string[] | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The checks; none while the settings are invalid, which the examination then says. */
function planIn(language: Language, agent?: string) {
  try {
    return examinationPlan(server(), language, agent);
  } catch {
    return [];
  }
}

export default async function DoctorPage({ searchParams }: DoctorPageProps) {
  await visit('/doctor', here('/doctor', await searchParams));
  const language = languageOf(await headers());
  const { doctorText } = doctorMessages[language];
  const given = await searchParams;
  const asked = oneValue(given.room);
  const named = oneValue(given.agent);
  const agent = named === undefined ? undefined : listedAgent(server(), named);
  const finding = asked && (await findingFor(server(), asked, language));
  const waits = asksFromElsewhere(await headers());
  const title = agent ? doctorText.testCall(agent.person) : doctorText.title;
  return (
    <main id="main" className="mx-auto w-full max-w-[72rem] flex-1 px-4 py-8 sm:px-7 lg:py-10">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h1 className="text-[34px] leading-tight">{asked ? doctorText.ask.title : title}</h1>
        {(asked || agent) && (
          <Link href="/doctor" className="font-semibold text-[15px] underline underline-offset-4">
            {doctorText.everything}
          </Link>
        )}
      </div>
      {asked && finding ? (
        <WhyView room={asked} finding={finding} />
      ) : agent ? (
        <>
          <p className="mt-1 text-[16px] text-muted-foreground">{doctorText.testCallLead}</p>
          <TestCalls agent={agent.name} plan={planIn(language, agent.name)} waits={waits} />
        </>
      ) : (
        <>
          <p className="mt-1 text-[16px] text-muted-foreground">{doctorText.lead}</p>
          <DoctorView plan={planIn(language)} waits={waits} />
        </>
      )}
    </main>
  );
}
