// Details for developers that are folded, and rendered when they are opened: a page may have hundreds.
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';

interface FoldProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function Fold({ title, children }: FoldProps) {
  const [open, setOpen] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="group text-sm"
    >
      <summary className="inline-flex min-h-9 cursor-pointer items-center gap-1 rounded-sm text-muted-foreground hover:text-foreground">
        <ChevronRight
          aria-hidden="true"
          className="-ml-1 size-4 flex-none transition-transform duration-150 group-open:rotate-90"
        />
        {title}
      </summary>
      {open && children}
    </details>
  );
}
