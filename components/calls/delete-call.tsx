'use client';
// Deletes a call after a confirmation, and lists recordings that are stored elsewhere.
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMessages } from '@/components/language/language';
import { ConfirmDelete } from '@/components/ui/confirm-delete';
import { callMessages } from '@/lib/messages/call';
import { type LeftOver, removeCall, toCallsProblem } from './calls-client';

const CALLS = '/calls';

interface DeleteCallProps {
  readonly id: string;
  /** Called after the deletion, with what `Leftovers` has to show. */
  readonly onLeft: (left: LeftOver) => void;
}

export function DeleteCall({ id, onLeft }: DeleteCallProps) {
  const { remove: words } = useMessages(callMessages).callText;
  const router = useRouter();
  const remove = async () => {
    try {
      const left = await removeCall(id);
      if (left) return onLeft(left);
    } catch (error) {
      // Already deleted, as intended.
      if (toCallsProblem(error).status !== 404) throw error;
    }
    router.push(CALLS);
  };
  return <ConfirmDelete className="mt-8" words={words} onDelete={remove} />;
}

/** What was not deleted with a call. */
export function Leftovers({ left }: { readonly left: LeftOver }) {
  const { callText } = useMessages(callMessages);
  const { remove: words } = callText;
  return (
    <div
      role="alert"
      tabIndex={-1}
      ref={(place) => place?.focus()}
      className="mt-8 text-[15px] outline-none"
    >
      <p>{words.deleted}</p>
      {left.lettaLater && <p className="mt-2">{words.lettaLater}</p>}
      {left.notDeleted.length > 0 && (
        <>
          <p className="mt-2">{words.left}</p>
          <ul className="num my-2 list-disc pl-5 text-[14px] text-soft [overflow-wrap:anywhere]">
            {left.notDeleted.map(({ file, location }) => (
              <li key={file}>{location ?? file}</li>
            ))}
          </ul>
        </>
      )}
      <Link href={CALLS} className="inline-flex min-h-11 items-center underline underline-offset-3">
        {callText.back}
      </Link>
    </div>
  );
}
