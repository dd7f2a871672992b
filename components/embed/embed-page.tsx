'use client';
import { useTranslations } from 'next-intl';
// `/embed`: a call in a frame on another site, with one agent and one button.
import { useEffect } from 'react';
import { useAgentList } from '@/components/agents/agent-list';
import { lightOf, useAgents } from '@/components/agents/agents-store';
import { Portrait } from '@/components/agents/portrait';
import { shownCall, useCall } from '@/components/call/call-store';
import type { CallSession } from '@/components/call/session/call-session';
import {
  PrivacyLink,
  StartButton,
  type StartProps,
  StartStatus,
} from '@/components/call/start-button';
import { startCall } from '@/components/call/start-call';
import { SpokenLanguage, StartNotice } from '@/components/call/start-notice';
import { useCatalogue } from '@/components/language/catalogue';
import { useStore } from '@/components/ui/store';
import type { ListedAgent } from '@/lib/agents/agent';
import { accentStyles } from '@/lib/core/app-config';
import { PRODUCTION } from '@/lib/core/deployment';
import type { Language } from '@/lib/core/language';

/**
 * Messages to the widget around the frame (public/embed.js): the page is ready, whether a call is in progress, and that
 * Escape was pressed. They contain nothing secret, so they are sent to any origin.
 */
type HostMessage = 'awake' | 'close' | 'live' | 'idle';

function postToHost(what: HostMessage): void {
  if (window.parent !== window) window.parent.postMessage(`callboard:${what}`, '*');
}

/** Sends that the page is ready, and Escape. */
function useHostMessages(): void {
  useEffect(() => {
    postToHost('awake');
    const close = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented) postToHost('close');
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
}

/** Sends whether a call is in progress. Renders nothing. */
function ReportCall({ session }: { readonly session: CallSession }): null {
  const live = useStore(session.state).end === undefined;
  useEffect(() => {
    postToHost(live ? 'live' : 'idle');
    return () => postToHost('idle');
  }, [live]);
  return null;
}

interface EmbedPageProps extends StartProps {
  /** From the URL, not validated. */
  readonly agent: string;
  /** `#rrggbb`, for the button. */
  readonly color: `#${string}` | undefined;
  /** Language of the site; undefined leaves it to the visitor's browser. */
  readonly language: Language | undefined;
}

/** Sets the color of the button. */
function useColor(color: EmbedPageProps['color']): void {
  useEffect(() => {
    if (!color) return;
    const sheet = new CSSStyleSheet();
    // Also for `.dark`, such as the stage, which has a hover color of its own.
    sheet.replaceSync(accentStyles({ accent: color }) ?? '');
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [color]);
}

export function EmbedPage({ agent: name, color, ...rest }: EmbedPageProps) {
  const t = useTranslations('embed');
  const call = useCall();
  useColor(color);
  useHostMessages();
  const agents = useAgentList();
  const agent = agents.find((one) => one.name === name && one.deployments.includes(PRODUCTION));
  const shown = shownCall(call);
  if (shown) {
    return (
      <>
        <ReportCall session={shown.session} />
        <shown.View session={shown.session} onStart={startCall} />
      </>
    );
  }
  if (agent) return <Start agent={agent} place={agents.indexOf(agent)} {...rest} />;
  return (
    <main id="main" className="m-auto p-6 text-center">
      <h1 className="text-xl">{t('nobody')}</h1>
      <p className="mt-2 text-base text-muted-foreground">{t('nobodyHint', { agent: name })}</p>
    </main>
  );
}

interface EmbedStartProps extends Omit<EmbedPageProps, 'agent' | 'color'> {
  readonly agent: ListedAgent;
  /** Index in the list. */
  readonly place: number;
}

function Start({
  agent,
  place,
  language,
  joinTimeoutMs,
  serverUrl,
  recorded,
  monitored,
}: EmbedStartProps) {
  const t = useTranslations('embed');
  const { summaryOf } = useCatalogue();
  const call = useCall();
  const light = lightOf(useAgents(), agent.name, PRODUCTION);
  const called = language ? { ...agent, metadata: JSON.stringify({ language }) } : agent;
  const order = { kind: 'call', agent: called, deployment: PRODUCTION, joinTimeoutMs } as const;
  return (
    <main id="main" className="m-auto flex max-w-[26rem] flex-col items-center p-6 text-center">
      <Portrait person={agent.person} place={place} />
      <h1 className="mt-4 text-balance text-xl leading-tight">
        {t('title', { person: agent.person })}
      </h1>
      <p className="mt-2 text-base text-muted-foreground">{summaryOf(agent)}</p>
      <StartButton order={() => order} serverUrl={serverUrl} className="mt-6 w-full max-w-80" />
      <StartStatus recorded={recorded} monitored={monitored} className="min-h-12" />
      <SpokenLanguage agent={agent.name} deployment={PRODUCTION} />
      <PrivacyLink className="mt-2" />
      <StartNotice call={call} light={light} person={agent.person} deployment={PRODUCTION} />
    </main>
  );
}
