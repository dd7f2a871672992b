// What a Letta agent says to its caller: messages, and the tool `send_message` of agents with sleep-time, whose arguments
// arrive as pieces of JSON (observed with 0.16.8).
import type { LettaEvent } from './letta-agent';

/** The tool by which an agent speaks. */
const TOOL = 'send_message';

/** The complete characters of the string `message` in a JSON object that may not be complete. */
const MESSAGE = /"message"\s*:\s*"((?:[^"\\]|\\u[\da-f]{4}|\\[^u])*)/i;
/** A character that JSON escapes. */
const ESCAPED = /\\(?:u([\da-f]{4})|([\s\S]))/gi;
const NAMED: Readonly<Record<string, string>> = { b: '', f: ' ', n: '\n', r: '\r', t: '\t' };
/** The first half of a character that JSON escapes in two. */
const HALF = /[\uD800-\uDBFF]$/;

/** The words of `send_message`'s arguments so far. */
function messageIn(json: string): string {
  const [, found = ''] = MESSAGE.exec(json) ?? [];
  return found
    .replace(ESCAPED, (_, hex?: string, char = '') =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (NAMED[char] ?? char),
    )
    .replace(HALF, '');
}

/** Words to be spoken, in a message with this id. */
export interface Words {
  readonly id: string;
  readonly content: string;
}

/** One instance per answer. */
export class LettaSpeech {
  /** By id of a call of the tool: its arguments so far, and how many characters were spoken. */
  readonly #calls = new Map<string, { json: string; spoken: number }>();

  /** The new words in an event, possibly none. */
  wordsIn(event: LettaEvent): Words | undefined {
    if (event.message_type === 'assistant_message') {
      const { id, content } = event;
      const text = typeof content === 'string' ? content : content.map((one) => one.text).join('');
      return { id, content: text };
    }
    if (event.message_type !== 'tool_call_message') return undefined;
    const { name, tool_call_id: id, arguments: piece } = event.tool_call;
    const call = this.#calls.get(id ?? '') ?? (name === TOOL ? { json: '', spoken: 0 } : undefined);
    if (!id || !call) return undefined;
    this.#calls.set(id, call);
    call.json += piece ?? '';
    const said = messageIn(call.json);
    const content = said.slice(call.spoken);
    call.spoken = said.length;
    return { id: event.id, content };
  }
}
