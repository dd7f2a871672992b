// The link above a page's heading, to the page that leads here.
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';

export interface BackLinkProps {
  readonly href: string;
  /** The title of that page. */
  readonly label: string;
}

export const BackLink = ({ href, label }: BackLinkProps) => (
  <Link
    href={href}
    className="-ml-1 inline-flex min-h-11 items-center gap-1.5 rounded-sm px-1 font-medium text-base text-muted-foreground hover:text-foreground"
  >
    <ArrowLeft aria-hidden="true" className="size-[18px]" />
    {label}
  </Link>
);
