// A link from a call without an agent to the doctor, for those who may use it.
import { ExternalLink } from 'lucide-react';
import { useMay } from '@/components/accounts/visitor';
import { useMessages } from '@/components/language/language';
import { mainMessages } from '@/lib/messages/main';

export function WhyNoAgent({ room }: { readonly room: string }) {
  const { text } = useMessages(mainMessages);
  if (!useMay('doctor')) return null;
  return (
    <a
      href={`/doctor?room=${encodeURIComponent(room)}`}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-11 items-center gap-2 rounded-small px-1 font-semibold text-[15px] text-ink underline underline-offset-3"
    >
      {text.whyNobody.link}
      <ExternalLink aria-hidden="true" className="size-4 flex-none" />
      <span className="sr-only">({text.whyNobody.newTab})</span>
    </a>
  );
}
