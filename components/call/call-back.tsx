'use client';
// Calls an agent that has left back into the call, and shows why if that fails.
import { useMay } from '@/components/accounts/visitor';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { mainMessages } from '@/lib/messages/main';
import type { CallSession } from './call-session';
import type { CallSnapshot } from './call-snapshot';

interface CallBackProps {
  readonly session: CallSession;
  readonly call: CallSnapshot;
}

export function CallBack({ session, call: { agent, callingBack } }: CallBackProps) {
  const { text } = useMessages(mainMessages);
  // The server cannot tell whether a room belongs to an anonymous visitor, so they can only start a new call.
  const mayCall = useMay('call');
  if (!agent || !mayCall) return null;
  const { person } = agent;
  const asking = callingBack === 'asking';
  return (
    <>
      <Button variant="secondary" aria-disabled={asking} onClick={() => void session.callBack()}>
        {asking ? text.callBack.asking(person) : text.callBack.button(person)}
      </Button>
      {typeof callingBack === 'object' && (
        <p role="alert" className="w-full text-stop-ink">
          {text.callBack.failed(person)} {callingBack.refused}
        </p>
      )}
    </>
  );
}
