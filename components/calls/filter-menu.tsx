'use client';
// The button that adds a filter, with a menu of those that are not in use.
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useDismiss } from '@/components/ui/use-dismiss';

interface FilterMenuProps<Name extends string> {
  readonly names: readonly Name[];
  readonly labelOf: (name: Name) => string;
  readonly onChoose: (name: Name) => void;
  readonly button: Ref<HTMLButtonElement>;
}

export function FilterMenu<Name extends string>(props: FilterMenuProps<Name>) {
  const { names, labelOf, onChoose, button } = props;
  const t = useTranslations('calls.filter');
  const [open, setOpen] = useState(false);
  const id = useId();
  const frame = useDismiss(open, () => setOpen(false));
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll('button') ?? [])];
  useEffect(() => {
    if (open) menu.current?.querySelector('button')?.focus();
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (event.key === 'Escape') {
      setOpen(false);
      frame.ref.current?.querySelector('button')?.focus();
    }
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  };
  return (
    <div {...frame} className="relative flex-none">
      <Button
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        disabled={names.length === 0}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Plus aria-hidden="true" className="size-4.5" />
        {t('add')}
      </Button>
      <div
        ref={menu}
        id={id}
        role="menu"
        tabIndex={-1}
        aria-label={t('menu')}
        hidden={!open}
        onKeyDown={onKeyDown}
        className="absolute top-full left-0 z-20 sm:right-0 sm:left-auto mt-1 min-w-48 overflow-hidden rounded-md border border-border bg-popover py-1 shadow-board"
      >
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              setOpen(false);
              onChoose(name);
            }}
            className="flex min-h-11 w-full items-center px-4 text-left text-base hover:bg-accent focus-visible:-outline-offset-2"
          >
            {labelOf(name)}
          </button>
        ))}
      </div>
    </div>
  );
}
