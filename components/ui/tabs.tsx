'use client';
// Pages that belong together, as links below their common heading. On phones they scroll sideways.
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { TAB_BAR, tabStyle } from '@/components/ui/tab-style';

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
    <nav aria-label={label} className={cn(TAB_BAR, 'mb-6')}>
      <ul className="flex gap-1">
        {tabs.map(({ href, label: name, count }) => (
          <li key={href}>
            <Link
              href={href}
              ref={path === href ? showCurrent : undefined}
              aria-current={path === href ? 'page' : undefined}
              className={tabStyle(path === href)}
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
