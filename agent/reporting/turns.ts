// A chat message as a turn of the call.
import { llm } from '@livekit/agents';
import { spaced } from '../../lib/call/pressed-keys';
import type { Happening } from '../../lib/calls/event';

type Turn = Extract<Happening, { kind: 'turn' }>;
type Message = Pick<
  llm.ChatMessage,
  'textContent' | 'metrics' | 'createdAt' | 'interrupted' | 'extra'
>;

/** A message of pressed keys; `keys` is the text the agent reads. */
export const keysMessage = (keys: string, pressed: string): llm.ChatMessage =>
  llm.ChatMessage.create({ role: 'user', content: keys, extra: { pressed } });

/** The keys of such a message. */
const keysOf = ({ extra: { pressed } }: Message) =>
  typeof pressed === 'string' ? pressed : undefined;

/** Who speaks. */
export interface Speaker {
  readonly identity: string;
  readonly name: string;
}

/** When the message was spoken, or when it was written if it was typed. */
function span({ metrics, createdAt }: Message): Pick<Turn, 'startedAt' | 'endedAt'> {
  const { startedSpeakingAt: from, stoppedSpeakingAt: to } = metrics;
  const startedAt = Math.round(from === undefined ? createdAt : from * 1_000);
  return {
    startedAt,
    endedAt: Math.max(startedAt, Math.round(to === undefined ? startedAt : to * 1_000)),
  };
}

/** What the caller said or typed. */
export function callerTurn(message: Message, { identity, name }: Speaker): Turn {
  const { startedSpeakingAt, transcriptionDelay: delay } = message.metrics;
  const keys = keysOf(message);
  return {
    kind: 'turn',
    speaker: 'caller',
    identity,
    by: name || identity,
    text: keys === undefined ? (message.textContent ?? '') : spaced(keys),
    ...span(message),
    typed: startedSpeakingAt === undefined || undefined,
    pressed: keys !== undefined || undefined,
    latency: delay === undefined ? undefined : { transcript: Math.round(delay * 1_000) },
  };
}

/** What the agent said, as far as it was played. */
export function agentTurn(
  message: Message,
  { identity, name }: Speaker,
  latency: Turn['latency'],
): Turn {
  return {
    kind: 'turn',
    speaker: 'agent',
    identity,
    by: name,
    text: message.textContent ?? '',
    ...span(message),
    interrupted: message.interrupted || undefined,
    latency,
  };
}
