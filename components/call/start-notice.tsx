'use client';
// Notices about problems before a call starts.
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { mainMessages } from '@/lib/messages/main';
import type { Light } from './agents-store';
import type { CallState, Order } from './call-store';

interface StartNoticeProps {
  readonly call: CallState;
  readonly light: Light;
  readonly person: string;
  readonly deployment: string;
  readonly unknownAgent: string | undefined;
  readonly unknownDeployment: string | undefined;
  readonly onTake: (order: Order) => void;
  readonly onCancel: () => void;
}

export function StartNotice(props: StartNoticeProps) {
  const { text } = useMessages(mainMessages);
  const { call, light, person, deployment, unknownAgent, unknownDeployment } = props;
  if (call.phase === 'elsewhere') {
    return (
      <Notice tone="standby" title={text.elsewhere.title} body={text.elsewhere.body} urgent>
        <Button variant="secondary" onClick={() => props.onTake(call.order)}>
          {text.elsewhere.here}
        </Button>
        <Button onClick={props.onCancel}>{text.elsewhere.cancel}</Button>
      </Notice>
    );
  }
  if (call.phase === 'failed') return <Notice tone="stop" body={text.start.failed} urgent />;
  if (unknownAgent !== undefined) {
    return <Notice tone="standby" body={text.start.unknownAgent(unknownAgent)} />;
  }
  if (unknownDeployment !== undefined) {
    return <Notice tone="standby" body={text.start.unknownDeployment(unknownDeployment, person)} />;
  }
  if (light === 'off') {
    return <Notice tone="standby" body={text.start.nobody(person, deployment)} />;
  }
  if (light === 'unknown') return <Notice tone="stop" body={text.start.unreachable} />;
  return null;
}
