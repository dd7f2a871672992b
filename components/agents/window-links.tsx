'use client';
// The window of time, chosen by links: it is in the address, so that a page can be sent to somebody.
import Link from 'next/link';
import { useTexts } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import { WINDOWS, type WindowName } from '@/lib/calls/view/agent-stats';
import { agentsTexts } from '@/lib/text/agents';

export function WindowLinks({ chosen }: { readonly chosen: WindowName }) {
  const { agentsText } = useTexts(agentsTexts);
  return (
    <nav
      aria-label={agentsText.window.label}
      className="flex w-fit rounded-mid border border-line bg-surface p-1"
    >
      {WINDOWS.map((name) => (
        <Link
          key={name}
          href={`/agents?window=${name}`}
          scroll={false}
          aria-current={name === chosen ? 'page' : undefined}
          className={cn(
            'inline-flex min-h-9 items-center rounded-small px-3.5 font-medium text-[15px] transition-colors duration-150',
            name === chosen ? 'bg-hover text-ink' : 'text-soft hover:text-ink',
          )}
        >
          {agentsText.window.of[name]}
        </Link>
      ))}
    </nav>
  );
}
