'use client';
// Links from Settings to the account, and for admins to people and the audit log.
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useMessages } from '@/components/language/language';
import { accountsMessages } from '@/lib/messages/accounts';
import { useMay, useVisitor } from './visitor';

export function SettingsRows() {
  const { account, people, log } = useMessages(accountsMessages).accountsText;
  const { signedIn } = useVisitor();
  const admin = useMay('people');
  if (!signedIn) return null;
  const rows = [
    { href: '/account', ...account },
    ...(admin
      ? [
          { href: '/people', ...people },
          { href: '/people/log', ...log },
        ]
      : []),
  ];
  return (
    <section className="mt-8">
      <h2 className="pb-2.5 text-[18px]">{admin ? people.group : account.title}</h2>
      <div className="divide-y divide-line rounded-large border border-line bg-surface">
        {rows.map(({ href, row, rowHint }) => (
          <Link
            key={href}
            href={href}
            className="flex items-center justify-between gap-5 rounded-large p-4 transition-colors duration-150 hover:bg-hover sm:px-5"
          >
            <span>
              <span className="block font-semibold text-[16px]">{row}</span>
              <span className="block text-[14px] text-soft">{rowHint}</span>
            </span>
            <ChevronRight aria-hidden="true" className="size-5 flex-none text-soft" />
          </Link>
        ))}
      </div>
    </section>
  );
}
