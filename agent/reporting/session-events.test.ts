// Session events as the call's page shows them.
import { EventEmitter } from 'node:events';
import { llm, voice } from '@livekit/agents';
import { expect, it } from 'vitest';
import type { Happening, KeptEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { tellSession } from './session-events';

const T0 = Date.UTC(2026, 10, 24, 10);

it("a tool's span on the time axis goes from its call to its result", () => {
  const session = new EventEmitter();
  const kept: KeptEvent[] = [];
  const tell = (what: Happening, at = T0) => {
    const id = `e${kept.length}`;
    kept.push({
      id,
      call: 'c1',
      room: 'r1',
      source: 'worker:w1',
      at,
      arrivedAt: T0 + 45_000,
      what,
    });
  };
  const who = { identity: 'a', agent: 'front-desk', person: 'Ada', caller: () => undefined };
  tellSession(session as never, tell, who, { ask: 'Asked for billing' });
  tell({ kind: 'room_started' });
  const call = llm.FunctionCall.create({
    ...{ callId: '1', name: 'ask', args: '{}', createdAt: T0 + 40_400 },
  });
  const output = llm.FunctionCallOutput.create({
    ...{ callId: '1', output: 'yes', isError: false, createdAt: T0 + 44_119 },
  });
  session.emit(
    voice.AgentSessionEventTypes.FunctionToolsExecuted,
    voice.createFunctionToolsExecutedEvent({
      ...{ functionCalls: [call], functionCallOutputs: [output] },
    }),
  );
  const tool = foldCall(kept).marks.find(({ kind }) => kind === 'tool');
  expect(tool).toMatchObject({ from: 40_400, to: 44_119, label: 'Asked for billing' });
});
