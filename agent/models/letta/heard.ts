// Which messages have to be sent to Letta: the caller's last words, preceded by those it was sent
// but did not answer because the caller kept speaking. It remembers all others.
import type { llm } from '@livekit/agents';

type Said = Pick<llm.ChatMessage, 'id' | 'role' | 'textContent'>;

/**
 * Maximum number of unanswered messages to repeat: a few interruptions in a row. Our own choice.
 */
const OWED_MAX = 5;

/** One instance per call. */
export class Heard {
  /** Ids of messages that were sent and not answered. */
  #owed: string[] = [];
  #failed: string | undefined;

  /** The caller's messages in the context that have to be sent, oldest first. */
  toSend(items: readonly llm.ChatItem[]): Said[] {
    const said = items.filter(
      (item): item is llm.ChatMessage =>
        item.type === 'message' && item.role === 'user' && Boolean(item.textContent),
    );
    const last = said.at(-1);
    // Discarded messages, as from preemptive generation, are in no context.
    return said.filter(({ id }) => id === last?.id || this.#owed.includes(id)).slice(-OWED_MAX);
  }

  /** These messages are being sent. */
  asked(said: readonly Said[]): void {
    this.#owed = said.map(({ id }) => id);
  }

  /** They were answered to the end, and are therefore in Letta's memory. */
  answered(): void {
    this.#owed = [];
  }

  /** They failed: another model answered them. */
  failed(): void {
    this.#failed = this.#owed.at(-1);
    this.#owed = [];
  }

  /**
   * Whether these messages have failed before: the framework repeats them in the background to
   * check the model. They have been answered by then, and Letta must not act on them again.
   */
  isCheck(said: readonly Said[]): boolean {
    return this.#failed !== undefined && said.at(-1)?.id === this.#failed;
  }
}
