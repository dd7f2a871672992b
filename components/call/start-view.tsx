'use client';
// The start page: choose an agent, start a call, and see who is available.
import { ChevronDown, Phone } from 'lucide-react';
import Link from 'next/link';
import { useMessages } from '@/components/language/language';
import { SpokenLanguage } from '@/components/language/spoken-language';
import { Button } from '@/components/ui/button';
import { PRODUCTION } from '@/lib/core/deployment';
import { catalogueMessages, mainMessages } from '@/lib/messages/main';
import { lightOf, useAgents, useCallableAgents } from './agents-store';
import { Board } from './board';
import { expectCall } from './call-code';
import { type CallState, leaveCall, startCall } from './call-store';
import { chooseAgent, useChoice } from './choice';
import { StartNotice } from './start-notice';

interface StartViewProps {
  readonly call: CallState;
  readonly first: { readonly agent: string; readonly deployment: string | undefined };
  readonly unknownAgent: string | undefined;
  readonly unknownDeployment: string | undefined;
  readonly joinTimeoutMs: number;
  /** URL of LiveKit for browsers. */
  readonly serverUrl: string;
  /** Whether agents record the audio of calls. */
  readonly recorded: boolean;
  /** Whether calls may be monitored and callers are told. */
  readonly monitored: boolean;
}

export function StartView({
  call,
  first,
  joinTimeoutMs,
  serverUrl,
  recorded,
  monitored,
  ...unknown
}: StartViewProps) {
  const { text } = useMessages(mainMessages);
  const { roleOf } = useMessages(catalogueMessages);
  const all = useCallableAgents();
  const { agent, deployment } = useChoice(first);
  const light = lightOf(useAgents(), agent.name, deployment);
  const dialling = call.phase === 'dialling';
  const start = () => void startCall({ kind: 'call', agent, deployment, joinTimeoutMs });
  const expect = () => expectCall(serverUrl);

  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-[68rem] flex-1 grid-cols-[minmax(0,1fr)] content-center items-center gap-10 px-4 py-8 sm:px-7 lg:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] lg:gap-16 lg:py-12"
    >
      <div>
        <h1 className="max-w-[11em] text-balance text-[clamp(2.25rem,1.2rem+4.6vw,4rem)] leading-[1.04]">
          {text.start.title}
        </h1>
        <p className="mt-5 max-w-[31em] text-[17px] text-soft leading-relaxed sm:text-[18px]">
          {text.start.lead}
        </p>
        <div className="mt-7 flex flex-wrap items-end gap-3">
          <div className="grid gap-1.5 max-sm:w-full">
            <label htmlFor="agent" className="font-medium text-[13px] text-soft">
              {text.start.agent}
            </label>
            <span className="relative">
              <select
                id="agent"
                value={agent.key}
                onChange={(event) => chooseAgent(event.target.value)}
                className="h-14 w-full appearance-none rounded-mid border border-edge bg-raised pr-11 pl-4 font-semibold text-[16px] text-ink sm:w-60"
              >
                {all.map((one) => (
                  <option key={one.key} value={one.key}>
                    {one.person} · {roleOf(one)}
                  </option>
                ))}
              </select>
              <ChevronDown
                aria-hidden="true"
                className="pointer-events-none absolute top-4.5 right-3.5 size-5"
              />
            </span>
          </div>
          <Button
            variant="primary"
            onClick={start}
            onPointerEnter={expect}
            onFocus={expect}
            aria-disabled={dialling}
            className="min-h-14 px-7 text-[17px] max-sm:w-full"
          >
            <Phone aria-hidden="true" className="size-5 fill-current stroke-none" />
            {text.start.button}
          </Button>
        </div>
        <p role="status" className="mt-4 min-h-6 text-[14px] text-soft">
          {dialling ? text.start.dialling : text.start.fine(recorded, monitored)}
        </p>
        <SpokenLanguage agent={agent.name} deployment={deployment} />
        {deployment !== PRODUCTION && (
          <p className="mt-1 text-[14px] text-staging">
            {text.start.staging(deployment)}{' '}
            <Link
              href="/settings"
              className="rounded-small font-medium underline underline-offset-3"
            >
              {text.start.change}
            </Link>
          </p>
        )}
        <StartNotice
          call={call}
          light={light}
          person={agent.person}
          deployment={deployment}
          {...unknown}
          onTake={(order) => void startCall(order, true)}
          onCancel={leaveCall}
        />
        <p className="mt-4 text-[14px] text-soft">
          <Link href="/privacy" className="rounded-small underline underline-offset-3">
            {text.start.privacy}
          </Link>
        </p>
      </div>
      <Board chosen={agent.key} deployment={deployment} />
    </main>
  );
}
