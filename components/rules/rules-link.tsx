// A link from Settings to the rules.
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useMessages } from '@/components/language/language';
import { rulesMessages } from '@/lib/messages/rules';

export function RulesLink() {
  const { rulesText } = useMessages(rulesMessages);
  const { label, hint } = rulesText.row;
  return (
    <Link
      href="/settings/rules"
      className="flex items-center justify-between gap-5 rounded-large p-4 transition-colors duration-150 hover:bg-hover sm:px-5"
    >
      <span>
        <span className="block font-semibold text-[16px]">{label}</span>
        <span className="block text-[14px] text-soft">{hint}</span>
      </span>
      <ChevronRight aria-hidden="true" className="size-5 flex-none text-soft" />
    </Link>
  );
}
