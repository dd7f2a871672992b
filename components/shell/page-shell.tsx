// The frame of a page: its width, title and lead, and the messages and queries of its client components.
import type { ReactNode } from 'react';
import { PageMessages } from '@/components/language/messages';
import { BackLink, type BackLinkProps } from '@/components/ui/back-link';
import { Queries } from '@/components/ui/queries';
import type { Namespace } from '@/lib/messages/messages';

/** Of reading and forms, and of everything else; both begin at the same left edge. */
const WIDTHS = { text: 'max-w-[44rem]', wide: '' } as const;

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
      {title && <h1 className="text-2xl leading-tight">{title}</h1>}
      {lead && <p className="mt-1 text-base text-muted-foreground">{lead}</p>}
    </>
  );
  return (
    <main id="main" className="mx-auto w-full max-w-[72rem] flex-1 px-4 py-8 sm:px-7 lg:py-12">
      <PageMessages of={messages}>
        <Queries>
          <div className={WIDTHS[width]}>
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
          </div>
        </Queries>
      </PageMessages>
    </main>
  );
}
