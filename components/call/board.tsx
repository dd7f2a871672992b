'use client';
// The list of agents that can be called, with their status. Green only means an observed live worker.
import { useSyncExternalStore } from 'react';
import { useLocale, useMessages } from '@/components/language/language';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { catalogueMessages, mainMessages } from '@/lib/messages/main';
import { type Light, lightOf, useAgents, useCallableAgents } from './agents-store';
import type { Callable } from './callable';
import { chooseAgent } from './choice';
import { Portrait } from './portrait';

const day = (locale: string) =>
  new Date().toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'short' });
const never = () => () => {};

/** Today's date in the visitor's time zone, which only the browser knows. */
function Today() {
  const locale = useLocale();
  const today = useSyncExternalStore(
    never,
    () => day(locale),
    () => '',
  );
  return <span className="num min-h-5">{today}</span>;
}

const TONES: Record<Light, ChipTone> = {
  checking: 'off',
  live: 'go',
  busy: 'standby',
  off: 'off',
  unknown: 'off',
};

interface CardProps {
  readonly agent: Callable;
  readonly place: number;
  readonly chosen: boolean;
  readonly light: Light;
}

function Card({ agent, place, chosen, light }: CardProps) {
  const { text } = useMessages(mainMessages);
  const { roleOf, summaryOf } = useMessages(catalogueMessages);
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={() => chooseAgent(agent.key)}
        className={cn(
          'flex w-full items-center gap-3.5 rounded-mid border-2 p-3 text-left transition-colors duration-150 sm:gap-4 sm:p-4',
          chosen ? 'border-ink' : 'border-transparent hover:bg-hover',
        )}
      >
        <Portrait person={agent.person} place={place} dim={light === 'off'} />
        <span className="min-w-0 flex-1">
          <span className="block">
            <span className="display text-[18px]">{agent.person}</span>
            <span className="text-[15px] text-soft"> · {roleOf(agent)}</span>
          </span>
          <span className="block text-[14px] text-soft leading-snug">{summaryOf(agent)}</span>
        </span>
        {/* As wide as its longest text, so that the layout does not shift when the status changes. */}
        <span className="flex w-[4.25rem] flex-none justify-end">
          <Chip tone={TONES[light]} label={text.lightLabel[light]}>
            {text.light[light]}
          </Chip>
        </span>
      </button>
    </li>
  );
}

export function Board({
  chosen,
  deployment,
}: {
  readonly chosen: string;
  readonly deployment: string;
}) {
  const { lettaText } = useMessages(catalogueMessages);
  const { text } = useMessages(mainMessages);
  const known = useAgents();
  const all = useCallableAgents();
  const { letta } = known;
  const told = letta?.problem ?? (letta?.agents.length === 0 ? lettaText.none : undefined);
  return (
    <section
      aria-labelledby="board"
      className="w-full rounded-large border border-line bg-surface p-2.5 shadow-board"
    >
      <div className="flex items-baseline justify-between px-4 pt-2.5 pb-3 text-[13px] text-soft">
        <h2 id="board" className="font-normal font-sans tracking-normal">
          {text.start.board}
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
      {told && (
        <p role="status" className="px-4 pt-3 pb-2 text-[14px] text-soft">
          {told}
        </p>
      )}
    </section>
  );
}
