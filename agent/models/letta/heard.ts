// What of a talk has to be said to Letta: the caller's last words, and before them those that it was
// asked with and did not come to answer, because the caller went on speaking. It remembers the others.
import type { llm } from '@livekit/agents';

type Said = Pick<llm.ChatMessage, 'id' | 'role' | 'textContent'>;

/** Most words are said again of: a few interruptions in a row. Our own choice. */
const OWED_MAX = 5;

/** One for each call. */
export class Heard {
  /** Ids of what was asked and is not answered. */
  #owed: string[] = [];
  #failed: string | undefined;

  /** The caller's words in the context that are to be sent, oldest first. */
  toSay(items: readonly llm.ChatItem[]): Said[] {
    const said = items.filter(
      (item): item is llm.ChatMessage =>
        item.type === 'message' && item.role === 'user' && Boolean(item.textContent),
    );
    const last = said.at(-1);
    // What was thrown away, as attempts that are made early, is in no context.
    return said.filter(({ id }) => id === last?.id || this.#owed.includes(id)).slice(-OWED_MAX);
  }

  /** These are being asked. */
  asked(said: readonly Said[]): void {
    this.#owed = said.map(({ id }) => id);
  }

  /** They are answered to the end, and so in Letta's memory. */
  answered(): void {
    this.#owed = [];
  }

  /** They failed: somebody else answered them. */
  failed(): void {
    this.#failed = this.#owed.at(-1);
    this.#owed = [];
  }

  /**
   * Whether these have failed before: the framework asks in the background with the same words whether
   * a mind is there again. They have had their answer, and Letta is not to act on them after it.
   */
  isCheck(said: readonly Said[]): boolean {
    return this.#failed !== undefined && said.at(-1)?.id === this.#failed;
  }
}
