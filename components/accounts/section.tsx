'use client';
// A section of the account page, with a heading.
import type { ReactNode } from 'react';
import { useHydrated } from '@/components/ui/use-hydrated';

interface SectionProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

export function Section({ title, lead, children }: SectionProps) {
  return (
    <section className="mt-8">
      <h2 className="text-[18px]">{title}</h2>
      {lead && <p className="text-[14px] text-soft">{lead}</p>}
      <fieldset
        disabled={!useHydrated()}
        className="mt-2.5 grid min-w-0 gap-4 rounded-large border border-line bg-surface p-4 sm:px-5"
      >
        {children}
      </fieldset>
    </section>
  );
}
