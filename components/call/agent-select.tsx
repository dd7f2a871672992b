'use client';
// The choice of the agent: the browser's own select for a few, and a combobox that searches for many.
import { ChevronDown } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useRef } from 'react';
import { useCallableAgents } from '@/components/agents/agents-store';
import type { AgentFieldProps } from '@/components/call/agent-search';
import { useCatalogue } from '@/components/language/catalogue';
import { chooseAgent } from '@/components/settings/choice';
import { cn } from '@/components/ui/cn';

/** From this number on, the list is searched. */
const SEARCHED = 7;

const FIELD =
  'h-14 w-full rounded-md border border-input bg-popover pr-11 pl-4 font-semibold text-base text-foreground';

/** Loaded where there are many agents only. */
const AgentSearch = dynamic(
  async () => (await import('@/components/call/agent-search')).AgentSearch,
);

/** Selects the agent to call. */
export function AgentSelect(props: Pick<AgentFieldProps, 'agent' | 'id'>) {
  const label = useLabel();
  const Field = useCallableAgents().length >= SEARCHED ? AgentSearch : Native;
  return (
    <span className="relative block min-h-14 sm:w-72">
      <Field {...props} label={label} className={FIELD} />
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-4.5 right-3.5 size-5"
      />
    </span>
  );
}

function useLabel(): AgentFieldProps['label'] {
  const { roleOf } = useCatalogue();
  return (agent) => [agent.person, roleOf(agent)].filter(Boolean).join(' · ');
}

function Native({ agent, id, label, className }: AgentFieldProps) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    // React keeps a value that was selected before hydration on screen, without calling onChange.
    const shown = select.current?.value;
    if (shown && shown !== agent.key) chooseAgent(shown);
  }, [agent.key]);
  return (
    <select
      ref={select}
      id={id}
      value={agent.key}
      onChange={(event) => chooseAgent(event.target.value)}
      className={cn(className, 'appearance-none truncate')}
    >
      {useCallableAgents().map((one) => (
        <option key={one.key} value={one.key}>
          {label(one)}
        </option>
      ))}
    </select>
  );
}
