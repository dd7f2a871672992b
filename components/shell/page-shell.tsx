// The frame of a page: its width, title and lead, and the messages and queries of its client components.
import type { ReactNode } from 'react';
import { PageMessages } from '@/components/language/messages';
import { BackLink, type BackLinkProps } from '@/components/ui/back-link';
import { cn } from '@/components/ui/cn';
import { Queries } from '@/components/ui/queries';
import type { Namespace } from '@/lib/messages/messages';

const WIDTHS = {
  form: 'max-w-[26rem] lg:py-14',
  text: 'max-w-[44rem] lg:py-12',
  people: 'max-w-[52rem] lg:py-12',
  table: 'max-w-[60rem] lg:py-12',
  list: 'max-w-[72rem] lg:py-12',
} as const;

interface PageShellProps {
  readonly width: keyof typeof WIDTHS;
  /** The link above the title, to the page that leads here. */
  readonly back?: BackLinkProps;
  readonly title?: ReactNode;
  readonly lead?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  /** Subjects of messages that its client components use. */
  readonly messages?: readonly Namespace[];
  readonly children?: ReactNode;
}

export function PageShell(props: PageShellProps) {
  const { width, back, title, lead, actions, messages = [], children } = props;
  const heading = (
    <>
      {title && <h1 className="text-[34px] leading-tight">{title}</h1>}
      {lead && (
        <p className={cn('text-[16px] text-muted-foreground', width === 'form' ? 'mt-3' : 'mt-1')}>
          {lead}
        </p>
      )}
    </>
  );
  return (
    <main id="main" className={cn('mx-auto w-full flex-1 px-4 py-8 sm:px-7', WIDTHS[width])}>
      <PageMessages of={messages}>
        <Queries>
          {back && <BackLink {...back} />}
          {actions ? (
            <div className="flex flex-wrap items-end justify-between gap-3">
              <div>{heading}</div>
              {actions}
            </div>
          ) : (
            heading
          )}
          {children}
        </Queries>
      </PageMessages>
    </main>
  );
}
