// Which deployment a handoff leads to, and what the other agent is told of an interrupted answer.
import { initializeLogger } from '@livekit/agents';
import { expect, test } from 'vitest';
import { frontDesk } from '@/agent/agents/front-desk';
import { handoffText } from '@/agent/call/context';
import { handoffDeployment, saidIn } from '@/agent/call/handoff';
import { spokenCall } from '@/agent/framework/testing/spoken-call';
import { HANDOFF_CONTEXT, StillCall } from '@/agent/testing/talk';
import { type CatalogueAgent, findAgent } from '@/lib/core/catalogue';

const billing = findAgent('billing') as CatalogueAgent;

test.each<[string | undefined, string, string]>([
  ['same', 'production', 'production'],
  ['same', 'staging', 'staging'],
  // The other agent has no such deployment.
  ['same', 'canary', 'production'],
  ['staging', 'production', 'staging'],
  ['production', 'staging', 'production'],
  [undefined, 'staging', 'staging'],
])('handOff %s, from an agent on %s: to %s', (handOff, own, expected) => {
  expect(handoffDeployment({ ...billing, handOff }, own)).toBe(expected);
});

test.each<[string[], string, string | undefined]>([
  [['production', 'staging'], 'staging', 'staging'],
  [['production'], 'staging', 'production'],
  [['canary'], 'staging', undefined],
])('to an agent on %s, from one on %s: %s', (deployments, own, expected) => {
  expect(handoffDeployment({ deployments }, own)).toBe(expected);
});

test('of an answer that the caller interrupted to be handed off, the other agent gets what was heard', async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  const handle = new StillCall();
  const { instructions } = frontDesk;
  const [tools, llm] = [frontDesk.tools(handle), frontDesk.scripted(handle)];
  const call = await spokenCall({ instructions, tools, llm });
  let said: ReturnType<typeof saidIn> = [];
  handle.handOff = async () => {
    said = saidIn(call.session.history);
    return 'handed off';
  };
  await call.speaks();
  await call.said('What are your opening hours?');
  await call.until(() => call.captions.text.trim() === "We're open Monday");
  await call.speaks();
  await call.said('Can I talk to Frank?');
  await call.pass(20_000);
  expect(said.map(({ text, interrupted }) => [text.trim(), interrupted])).toEqual([
    ['What are your opening hours?', undefined],
    ["We're open Monday", true],
    ['Can I talk to Frank?', undefined],
  ]);
  expect(handoffText({ ...HANDOFF_CONTEXT, said })).not.toContain('Thursday');
});
