'use client';
// The start page: choose an agent, start a call, and see who is available.
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { usePermission } from '@/components/accounts/visitor';
import { useAgentList } from '@/components/agents/agent-list';
import {
  type Callable,
  LIGHT_TONES,
  type Light,
  lightOf,
  useAgents,
  useCallableAgents,
} from '@/components/agents/agents-store';
import { Portrait } from '@/components/agents/portrait';
import { AgentSelect } from '@/components/call/agent-select';
import type { CallState } from '@/components/call/call-store';
import { useDeveloperDetails } from '@/components/call/developer-details';
import { takesOverrides, withOverrides } from '@/components/call/overrides-store';
import {
  PrivacyLink,
  StartButton,
  type StartProps,
  StartStatus,
} from '@/components/call/start-button';
import { SpokenLanguage, StartNotice } from '@/components/call/start-notice';
import { useCatalogue } from '@/components/language/catalogue';
import { chooseAgent, useChoice } from '@/components/settings/choice';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { useBrowserValue } from '@/components/ui/use-browser-value';
import { shownAgents } from '@/lib/core/app-config';

/** Loaded for developers only. */
const OverrideFields = dynamic(
  async () => (await import('@/components/call/overrides')).OverrideFields,
  {
    ssr: false,
  },
);

const day = (locale: string) =>
  new Date().toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'short' });
/** Today's date in the visitor's time zone, which only the browser knows. */
function Today() {
  const locale = useLocale();
  const today = useBrowserValue(() => day(locale), '');
  return <span className="min-h-5">{today}</span>;
}

interface CardProps {
  readonly agent: Callable;
  readonly place: number;
  readonly chosen: boolean;
  readonly light: Light;
}

function Card({ agent, place, chosen, light }: CardProps) {
  const tShell = useTranslations('shell');
  const isLong = light === 'checking' || light === 'unknown';
  const { roleOf, summaryOf } = useCatalogue();
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={() => chooseAgent(agent.key)}
        className={cn(
          'flex w-full flex-wrap items-center gap-x-3.5 gap-y-2 rounded-md border-2 p-3 text-left transition-colors duration-150 sm:gap-x-4 sm:p-4',
          chosen ? 'border-foreground' : 'border-transparent hover:bg-accent',
        )}
      >
        <Portrait person={agent.person} place={place} dim={light === 'off'} />
        <span className="min-w-0 flex-1">
          <span className="block">
            <span className="display text-lg">{agent.person}</span>
            {agent.role && (
              <span className="text-base text-muted-foreground"> · {roleOf(agent)}</span>
            )}
          </span>
          <span className="block text-sm text-muted-foreground leading-snug">
            {summaryOf(agent)}
          </span>
        </span>
        {/* As wide as its usual texts, so that the layout does not shift when the status changes. */}
        <span
          className={cn(
            'flex min-w-[4.25rem] flex-none justify-end',
            // Below the summary, where phones have room for it.
            light === 'unreported' && 'max-sm:basis-full max-sm:justify-start max-sm:pl-16',
          )}
        >
          <Chip tone={LIGHT_TONES[light]} {...(isLong && { label: tShell(`lightLabel.${light}`) })}>
            {tShell(`light.${light}`)}
          </Chip>
        </span>
      </button>
    </li>
  );
}

function Board({
  chosen,
  deployment,
}: {
  readonly chosen: string | undefined;
  readonly deployment: string;
}) {
  const tLetta = useTranslations('letta');
  const t = useTranslations('start');
  const known = useAgents();
  const all = useCallableAgents();
  const { letta } = known;
  const problem = letta?.problem ?? (letta?.agents.length === 0 ? tLetta('none') : undefined);
  return (
    <section
      aria-labelledby="board"
      className="w-full rounded-lg border border-border bg-card p-2.5 shadow-board"
    >
      <div className="flex items-baseline justify-between px-4 pt-2.5 pb-3 text-sm text-muted-foreground">
        <h2 id="board" className="font-normal font-sans tracking-normal">
          {t('board')}
        </h2>
        <Today />
      </div>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
        {all.map((agent, place) => (
          <Card
            key={agent.key}
            agent={agent}
            place={place}
            chosen={agent.key === chosen}
            light={lightOf(known, agent.name, deployment)}
          />
        ))}
      </ul>
      {problem && (
        <p role="status" className="px-4 pt-3 pb-2 text-sm text-muted-foreground">
          {problem}
        </p>
      )}
    </section>
  );
}

interface StartViewProps extends StartProps {
  readonly call: CallState;
  readonly first: { readonly agent: string | undefined; readonly deployment: string | undefined };
  readonly unknownAgent: string | undefined;
  readonly unknownDeployment: string | undefined;
}

interface ChooserProps extends Omit<StartViewProps, 'first'> {
  readonly agent: Callable;
  readonly deployment: string;
}

/** The selector, the button that calls, and what there is to know before. */
function Chooser({
  call,
  agent,
  deployment,
  joinTimeoutMs,
  serverUrl,
  recorded,
  monitored,
  ...unknown
}: ChooserProps) {
  const t = useTranslations('start');
  const light = lightOf(useAgents(), agent.name, deployment);
  const developer = useDeveloperDetails();
  const order = () =>
    ({
      kind: 'call',
      agent: withOverrides(agent, deployment),
      deployment,
      joinTimeoutMs,
    }) as const;

  return (
    <>
      <div className="mt-6 flex flex-wrap items-start gap-3">
        <div className="max-sm:w-full">
          {/* The heading asks for it. */}
          <label htmlFor="agent" className="sr-only">
            {t('agent')}
          </label>
          <AgentSelect agent={agent} id="agent" />
        </div>
        <StartButton order={order} serverUrl={serverUrl} className="max-sm:w-full" />
      </div>
      <StartStatus recorded={recorded} monitored={monitored} className="min-h-6" />
      <SpokenLanguage agent={agent.name} deployment={deployment} />
      {developer && takesOverrides(agent, deployment) && <OverrideFields />}
      <StartNotice
        call={call}
        light={light}
        person={agent.person}
        deployment={deployment}
        {...unknown}
      />
    </>
  );
}

/** There is no agent to call, and how one is added. */
function NoAgents() {
  const t = useTranslations('start');
  const mayAdd = usePermission('dispatch');
  return (
    <p className="mt-7 text-lg">
      {t('noAgents')}{' '}
      {mayAdd && (
        <Link href="/agents" className="rounded-sm font-medium underline underline-offset-3">
          {t('addAgent')}
        </Link>
      )}
    </p>
  );
}

export function StartView({ first, ...props }: StartViewProps) {
  const t = useTranslations('start');
  const { agent, deployment } = useChoice(first);
  const none = shownAgents(useAgentList()).length === 0;

  return (
    <main
      id="main"
      // In the middle for what is usually shown, and not centred: notices and fields that appear below the button would move
      // it, perhaps away from a click.
      className="mx-auto grid w-full max-w-[72rem] flex-1 grid-cols-[minmax(0,1fr)] content-start items-start gap-10 px-4 py-8 sm:px-7 lg:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] lg:gap-16 lg:pt-[max(3rem,calc(50dvh-15.5rem))] lg:pb-12"
    >
      <div>
        <h1 className="max-w-[11em] text-balance text-[clamp(2.25rem,1.2rem+4.6vw,4rem)] leading-[1.04]">
          {t('title')}
        </h1>
        <p className="mt-5 max-w-[31em] text-lg text-muted-foreground leading-relaxed">
          {t('lead')}
        </p>
        {none && <NoAgents />}
        {agent && <Chooser agent={agent} deployment={deployment} {...props} />}
        <PrivacyLink className="mt-4" />
      </div>
      {!none && <Board chosen={agent?.key} deployment={deployment} />}
    </main>
  );
}
