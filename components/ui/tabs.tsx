'use client';
// Pages that belong together, as links below their common heading. On phones they scroll sideways.
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';

export interface Tab {
  readonly href: string;
  readonly label: string;
  /** How many entries its page has, where that is known. */
  readonly count?: number | undefined;
}

/** Scrolls the current tab into view, sideways alone. */
function showCurrent(link: HTMLAnchorElement | null) {
  const nav = link?.closest('nav');
  if (!link || !nav) return;
  const [own, whole] = [link.getBoundingClientRect(), nav.getBoundingClientRect()];
  if (own.right > whole.right) nav.scrollLeft += own.right - whole.right + 16;
}

/** @param label names the group of links for screen readers */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const path = usePathname();
  return (
    <nav
      aria-label={label}
      className="-mx-4 mt-5 mb-6 overflow-x-auto overflow-y-hidden border-border [scrollbar-width:none] border-b px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex gap-1">
        {tabs.map(({ href, label: name, count }) => (
          <li key={href}>
            <Link
              href={href}
              ref={path === href ? showCurrent : undefined}
              aria-current={path === href ? 'page' : undefined}
              className={cn(
                '-mb-px inline-flex min-h-11 items-center gap-1.5 whitespace-nowrap border-b-2 px-3 font-medium text-base transition-colors duration-150 focus-visible:-outline-offset-2',
                path === href
                  ? 'border-foreground text-foreground'
                  : 'border-transparent text-muted-foreground hover:text-foreground',
              )}
            >
              {name}
              {count !== undefined && (
                <span className="num rounded-full bg-muted px-1.5 text-muted-foreground text-xs">
                  {count}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
