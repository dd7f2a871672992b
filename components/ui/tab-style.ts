// How tabs look, as links to pages and as parts of one page.
import { cn } from '@/components/ui/cn';

/** The bar. On phones it scrolls sideways; the line below the current tab must not make it scroll up and down too. */
export const TAB_BAR =
  '-mx-4 mt-5 overflow-x-auto overflow-y-hidden border-border [scrollbar-width:none] border-b px-4 sm:mx-0 sm:px-0';

/** One tab. */
export const tabStyle = (isCurrent: boolean): string =>
  cn(
    '-mb-px inline-flex min-h-11 items-center gap-1.5 whitespace-nowrap border-b-2 px-3 font-medium text-base transition-colors duration-150 focus-visible:-outline-offset-2',
    isCurrent
      ? 'border-foreground text-foreground'
      : 'border-transparent text-muted-foreground hover:text-foreground',
  );
