// Messages that a person typed, or pressed as keys on a telephone. The framework does not tell them from spoken ones.
import { llm } from '@livekit/agents';

/** A message that was typed, or pressed as the keys `pressed`; `content` is the text the agent reads. */
export const writtenMessage = (content: string, pressed?: string): llm.ChatMessage =>
  llm.ChatMessage.create({
    role: 'user',
    content,
    extra: { written: true, ...(pressed !== undefined && { pressed }) },
  });

/** Whether the message comes from {@link writtenMessage}. */
export const isWritten = ({ extra }: llm.ChatMessage): boolean => extra.written === true;

/** The keys that were pressed for a message; undefined if it was typed or spoken. */
export const pressedFor = ({ extra }: llm.ChatMessage): string | undefined =>
  typeof extra.pressed === 'string' ? extra.pressed : undefined;
