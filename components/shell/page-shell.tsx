// The frame of a page: its width, title and lead, and the messages and queries of its client components.
import type { ReactNode } from 'react';
import { PageMessages } from '@/components/language/messages';
import { cn } from '@/components/ui/cn';
import { Queries } from '@/components/ui/queries';
import type { Namespace } from '@/lib/messages/messages';

const WIDTHS = {
  form: 'max-w-[26rem] lg:py-14',
  text: 'max-w-[44rem] lg:py-12',
  list: 'max-w-[72rem] lg:py-12',
} as const;

interface PageShellProps {
  readonly width: keyof typeof WIDTHS;
  readonly title?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly lead?: ReactNode;
  /** Subjects of messages that its client components use. */
  readonly messages?: readonly Namespace[];
  readonly children: ReactNode;
}

export function PageShell(props: PageShellProps) {
  const { width, title, actions, lead, messages = [], children } = props;
  return (
    <main id="main" className={cn('mx-auto w-full flex-1 px-4 py-8 sm:px-7', WIDTHS[width])}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        {title && <h1 className="text-[34px] leading-tight">{title}</h1>}
        {actions}
      </div>
      {lead && <p className="mt-1 text-[16px] text-muted-foreground">{lead}</p>}
      <PageMessages of={messages}>
        <Queries>{children}</Queries>
      </PageMessages>
    </main>
  );
}
