'use client';
// A list of rows in a form, to which rows are added and from which they are removed, also by keyboard.
import { Plus, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

/** A row: `id` identifies it while others are added and removed. */
interface WithId {
  readonly id: number;
}

interface RowListProps<Row extends WithId> {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
  /** A new row, which gets its id. */
  readonly empty: Omit<Row, 'id'>;
  /** The fields of a row. */
  readonly children: (row: Row, change: (to: Partial<Row>) => void, at: number) => ReactNode;
  readonly addLabel: string;
  readonly removeLabel: (row: Row) => string;
  /** The fewest rows. */
  readonly min?: number;
  /** Classes of a row's grid, and of the button in it that removes the row. */
  readonly rowClass?: string;
  readonly removeClass?: string;
}

export function RowList<Row extends WithId>({
  rows,
  onChange,
  children,
  ...rest
}: RowListProps<Row>) {
  const { empty, addLabel, removeLabel, min = 0, rowClass, removeClass } = rest;
  const group = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const addRow = () => {
    const id = Math.max(-1, ...rows.map((row) => row.id)) + 1;
    flushSync(() => onChange([...rows, { ...empty, id } as Row]));
    group.current?.querySelector<HTMLInputElement>('[data-row]:last-of-type input')?.focus();
  };
  const change = (id: number) => (to: Partial<Row>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...to } : row)));
  return (
    <>
      <div ref={group} className="grid gap-2 empty:hidden">
        {rows.map((row, at) => (
          <div
            key={row.id}
            data-row=""
            className={cn('grid grid-cols-[1fr_auto] items-start gap-2', rowClass)}
          >
            {children(row, change(row.id), at)}
            {rows.length > min && (
              <Button
                aria-label={removeLabel(row)}
                className={cn('w-11 px-0!', removeClass)}
                onClick={() => {
                  onChange(rows.filter(({ id }) => id !== row.id));
                  add.current?.focus();
                }}
              >
                <X aria-hidden="true" className="size-5" />
              </Button>
            )}
          </div>
        ))}
      </div>
      <Button ref={add} className="w-fit" onClick={addRow}>
        <Plus aria-hidden="true" className="size-5" />
        {addLabel}
      </Button>
    </>
  );
}
