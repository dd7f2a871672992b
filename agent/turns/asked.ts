// What the agent asked last, as far as it says when an answer is whole: a "yes" is, three digits of a
// telephone number are not.

import type { llm } from '@livekit/agents';

/** Kinds of question that are answered in kinds of their own. */
export type Asked = 'yes or no' | 'number' | 'name' | 'when' | 'anything';

/** The last question of a text, or ''. */
export function lastQuestion(said: string): string {
  return said.match(/[^.!?]+\?\s*$/)?.[0].trim() ?? '';
}

/** Looked for in this order: "what number …" is about the number, "shall I …" wants a yes. */
const KINDS: readonly (readonly [Asked, RegExp])[] = [
  ['number', /\b(?:number|digits?|phone)\b/i],
  ['name', /\bname\b|^who\b/i],
  ['yes or no', /^(?:shall|should|would|will|is|are|was|do|does|did|can|could|have|has|may)\b/i],
  ['when', /\b(?:when|days?|times?|which)\b/i],
];

/** What kind of answer the last question of what the agent said wants. */
export function askedIn(said: string): Asked {
  const question = lastQuestion(said);
  return KINDS.find(([, pattern]) => pattern.test(question))?.[0] ?? 'anything';
}

/** The words of the last message of a role; '' where there is none. */
export function lastOf(items: readonly llm.ChatItem[], role: llm.ChatRole): string {
  const found = items.findLast((item) => item.type === 'message' && item.role === role);
  return (found?.type === 'message' && found.textContent) || '';
}
