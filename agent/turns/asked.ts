// The kind of the agent's last question, which tells when an answer is complete: "yes" is, three
// digits of a telephone number are not.

import type { llm } from '@livekit/agents';

/** Kinds of questions with their own kinds of answers. */
export type Asked = 'yes or no' | 'number' | 'name' | 'when' | 'anything';

/** The last question of a text, or ''. */
export function lastQuestion(said: string): string {
  return said.match(/[^.!?]+\?\s*$/)?.[0].trim() ?? '';
}

/** Checked in this order: "what number …" asks for a number, "shall I …" for a yes. */
const KINDS: readonly (readonly [Asked, RegExp])[] = [
  ['number', /\b(?:number|digits?|phone)\b/i],
  ['name', /\bname\b|^who\b/i],
  ['yes or no', /^(?:shall|should|would|will|is|are|was|do|does|did|can|could|have|has|may)\b/i],
  ['when', /\b(?:when|days?|times?|which)\b/i],
];

/** The kind of answer that the last question in the agent's text asks for. */
export function askedIn(said: string): Asked {
  const question = lastQuestion(said);
  return KINDS.find(([, pattern]) => pattern.test(question))?.[0] ?? 'anything';
}

/** The text of the last message of a role, or ''. */
export function lastOf(items: readonly llm.ChatItem[], role: llm.ChatRole): string {
  const found = items.findLast((item) => item.type === 'message' && item.role === role);
  return (found?.type === 'message' && found.textContent) || '';
}
