'use client';
// The choice of the agent: the browser's own select for a few, and a combobox that searches for many.
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Callable, useCallableAgents } from '@/components/agents/agents-store';
import { useCatalogue } from '@/components/language/catalogue';
import { chooseAgent } from '@/components/settings/choice';
import { cn } from '@/components/ui/cn';

/** From this number on, the list is searched. */
const SEARCHED = 7;

const FIELD =
  'h-14 w-full rounded-md border border-input bg-popover pr-11 pl-4 font-semibold text-base text-foreground';

interface AgentSelectProps {
  readonly agent: Callable;
  /** Of the field, for its label. */
  readonly id: string;
}

/** Selects the agent to call. */
export function AgentSelect(props: AgentSelectProps) {
  const many = useCallableAgents().length >= SEARCHED;
  return (
    <span className="relative block sm:w-72">
      {many ? <Search {...props} /> : <Native {...props} />}
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-4.5 right-3.5 size-5"
      />
    </span>
  );
}

/** Returns the name and role of an agent. */
function useLabel(): (agent: Callable) => string {
  const { roleOf } = useCatalogue();
  return (agent) => [agent.person, roleOf(agent)].filter(Boolean).join(' · ');
}

function Native({ agent, id }: AgentSelectProps) {
  const label = useLabel();
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
      className={cn(FIELD, 'appearance-none truncate')}
    >
      {useCallableAgents().map((one) => (
        <option key={one.key} value={one.key}>
          {label(one)}
        </option>
      ))}
    </select>
  );
}

/**
 * An editable combobox with a list.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
function Search({ agent, id }: AgentSelectProps) {
  const t = useTranslations('start');
  const label = useLabel();
  const list = useId();
  const all = useCallableAgents();
  /** What was typed since the list was opened; undefined while it is closed. */
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState<string>();
  const open = typed !== undefined;
  const found = all.filter((one) =>
    `${label(one)} ${one.name}`.toLowerCase().includes((typed ?? '').trim().toLowerCase()),
  );
  const at = found.findIndex(({ key }) => key === active);
  const optionId = (index: number) => `${list}-${index}`;

  const show = () => {
    if (open) return;
    setTyped('');
    setActive(agent.key);
  };
  const close = () => setTyped(undefined);
  const choose = (one: Callable) => {
    chooseAgent(one.key);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) close();
    else if (event.key === 'Enter' && open) {
      const one = found[at];
      if (one) choose(one);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) show();
      else if (found.length > 0) {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        const next = at < 0 && step < 0 ? found.length - 1 : at + step;
        setActive(found[(next + found.length) % found.length]?.key);
      }
    } else return;
    event.preventDefault();
  };

  useEffect(() => {
    if (open && at >= 0)
      document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [open, at, list]);

  return (
    <>
      <input
        id={id}
        role="combobox"
        aria-expanded={open && found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && at >= 0 ? optionId(at) : undefined}
        autoComplete="off"
        spellCheck={false}
        value={typed || (open ? '' : label(agent))}
        placeholder={label(agent)}
        onClick={show}
        onChange={({ target, nativeEvent }) => {
          // Typing into the closed field replaces what it shows.
          const data = nativeEvent instanceof InputEvent ? nativeEvent.data : undefined;
          const now = open ? target.value : (data ?? '');
          setTyped(now);
          setActive(undefined);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
        className={FIELD}
      />
      <div
        id={list}
        role="listbox"
        aria-label={t('agents')}
        hidden={!open || found.length === 0}
        className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-md border border-border bg-popover p-1 shadow-board"
      >
        {found.map((one, index) => (
          <div
            key={one.key}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={one.key === agent.key}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(one)}
            onKeyDown={onKeyDown}
            className={cn(
              'flex min-h-11 cursor-pointer items-center rounded-sm px-3 py-2 text-base [overflow-wrap:anywhere] hover:bg-accent',
              index === at && 'bg-accent',
              one.key === agent.key && 'font-semibold',
            )}
          >
            {label(one)}
          </div>
        ))}
      </div>
      <p aria-live="polite" className="mt-1.5 text-sm text-muted-foreground empty:hidden">
        {open && found.length === 0 && t('noMatch')}
      </p>
    </>
  );
}
