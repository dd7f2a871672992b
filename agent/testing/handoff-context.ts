// Handoff context for tests: Margaret asked Ada about her bill.
import type { HandoverContext } from '@/lib/dispatch/handoff-context';

export const HANDOFF_CONTEXT: HandoverContext = {
  kind: 'handover',
  from: { agent: 'front-desk', person: 'Ada', identity: 'agent-1' },
  summary: 'Margaret has a question for billing. Her words: I have a question about my bill.',
  caller: 'Margaret',
  said: [
    { speaker: 'agent', text: 'Willow Street Practice, this is Ada. How can I help?' },
    { speaker: 'caller', text: 'I have a question about my bill.' },
  ],
};
