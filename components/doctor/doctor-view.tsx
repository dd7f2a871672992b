'use client';
// The examination on the page: the board of lamps, the findings in their places, and what to do.
import { useId } from 'react';
import { Panel } from '@/components/calls/panel';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Finding, Planned } from '@/lib/doctor/finding';
import { doctorTexts } from '@/lib/text/doctor';
import { FindingRow } from './finding-row';
import { LampBoard } from './lamp-board';
import { TO_DO, ToDo, tasksOf } from './to-do';
import { useBrowser } from './use-browser';
import { useExamination } from './use-examination';
import { WhyForm } from './why-form';

const isAgent = ({ id }: Planned) => id.startsWith('agent:');
const MICROPHONE = 'browser:microphone';

export function DoctorView({ plan }: { readonly plan: readonly Planned[] }) {
  const { doctorText } = useTexts(doctorTexts);
  const server = useExamination(plan);
  const browser = useBrowser();
  const findings: ReadonlyMap<string, Finding> = new Map([...server.findings, ...browser.findings]);
  const all = [...server.plan, ...browser.plan];
  const looking = server.state === 'looking' || browser.looking;
  const found = all.flatMap(({ id }) => findings.get(id) ?? []);
  const again = () => {
    void server.examine();
    void browser.examine();
  };
  const { groups, ask, failed } = doctorText;
  const askId = useId();
  const groupsOf: readonly (readonly [string, readonly Planned[]])[] = [
    [groups.server, server.plan.filter((one) => !isAgent(one))],
    [groups.agents, server.plan.filter(isAgent)],
    [groups.browser, browser.plan],
  ];
  return (
    <>
      <div className="mt-6">
        <LampBoard plan={all} findings={findings} />
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button onClick={again} disabled={looking}>
          {doctorText.again}
        </Button>
        {tasksOf(found).length > 0 && (
          <a
            href={`#${TO_DO}`}
            className="inline-flex min-h-11 animate-arrive items-center px-2 font-semibold text-[15px] underline underline-offset-4"
          >
            {doctorText.toDo.jump}
          </a>
        )}
      </div>
      {server.state === 'failed' && (
        <Notice tone="stop" urgent title={failed.title} body={failed.body} className="max-w-none">
          <Button onClick={again}>{failed.again}</Button>
        </Notice>
      )}
      <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)] lg:gap-5">
        <div className="grid min-w-0 gap-4 lg:gap-5">
          {groupsOf.map(([title, checks]) => (
            <Panel key={title} title={title}>
              <ul>
                {checks.map((planned) => (
                  <FindingRow
                    key={planned.id}
                    planned={planned}
                    finding={findings.get(planned.id)}
                    withStages={isAgent(planned)}
                  >
                    {planned.id === MICROPHONE && (
                      <Button onClick={browser.tryMicrophone}>{doctorText.allowMic}</Button>
                    )}
                  </FindingRow>
                ))}
              </ul>
            </Panel>
          ))}
        </div>
        <div className="grid min-w-0 gap-4 lg:gap-5">
          <section
            aria-labelledby={askId}
            className="min-w-0 rounded-large border border-line bg-surface p-4 sm:p-5"
          >
            <h2 id={askId} className="text-[18px]">
              {ask.title}
            </h2>
            <p className="mt-1 text-[14px] text-soft">{ask.lead}</p>
            <WhyForm room={undefined} />
          </section>
          <ToDo findings={found} done={!looking} />
        </div>
      </div>
    </>
  );
}
