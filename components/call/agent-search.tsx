'use client';
// A field that searches the agents, where there are many.
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { type Callable, useCallableAgents } from '@/components/agents/agents-store';
import { chooseAgent } from '@/components/settings/choice';
import { cn } from '@/components/ui/cn';

/** A field that shows and chooses the agent to call. */
export interface AgentFieldProps {
  readonly agent: Callable;
  /** Of the field, for its label. */
  readonly id: string;
  /** The name and role of an agent. */
  readonly label: (agent: Callable) => string;
  readonly className: string;
}

/**
 * An editable combobox with a list.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function AgentSearch({ agent, id, label, className }: AgentFieldProps) {
  const t = useTranslations('start');
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
        className={className}
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
