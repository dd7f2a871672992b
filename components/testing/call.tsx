// A call that connects to nobody, whose parts tests show in a state of their choice.
import { createRef } from 'react';
import { onTestFinished } from 'vitest';
import { CallSession } from '@/components/call/session/call-session';
import type { CallSnapshot } from '@/components/call/session/call-snapshot';
import type { MicState } from '@/components/call/session/microphone';
import { Stage } from '@/components/call/stage';
import type { JoinCode } from '@/lib/call/join-state';

/** A call to Ada, until the end of the test. */
export function testSession(deployment = 'production'): CallSession {
  const agent = { name: 'front-desk', person: 'Ada', role: 'front desk' };
  const audio = { speaker: new Audio(), context: undefined, microphone: undefined };
  const order = { kind: 'call', agent, deployment, joinTimeoutMs: 5_000 } as const;
  const session = new CallSession(order, audio, [], new Promise(() => {}));
  onTestFinished(() => session.end('left'));
  return session;
}

/** The state of a call in which Ada is there. */
export function snapshot(
  session: CallSession,
  code: JoinCode,
  change: Partial<CallSnapshot> = {},
): CallSnapshot {
  const now = session.state.get();
  const join = { ...now.join, code, cue: 'idle', agentThere: true, canSend: true } as const;
  return { ...now, join, connectedAt: Date.now(), agentCame: true, ...change };
}

interface StageOfProps {
  readonly session: CallSession;
  readonly call: CallSnapshot;
  /** Of the microphone, which is on by default. */
  readonly mic?: Partial<MicState>;
}

/** The stage of a call in this state. */
export function StageOf({ session, call, mic = {} }: StageOfProps) {
  const { state } = session.microphone;
  state.set({ ...state.get(), status: 'on', ...mic });
  return <Stage session={session} call={call} heading={createRef()} onStart={async () => {}} />;
}
