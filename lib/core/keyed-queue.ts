// Work that must not overlap for one room or one agent, while that of others goes on.
import PQueue from 'p-queue';

/** A queue for each key, which exists while it has work. */
export class KeyedQueue {
  readonly #queues = new Map<string, PQueue>();

  /** Does `work` after all earlier work with the same key has finished or failed. Its result or error is returned. */
  add<T>(key: string, work: () => Promise<T>): Promise<T> {
    let queue = this.#queues.get(key);
    if (!queue) {
      const created = new PQueue({ concurrency: 1 });
      created.on('idle', () => {
        if (this.#queues.get(key) === created) this.#queues.delete(key);
      });
      queue = created;
      this.#queues.set(key, queue);
    }
    return queue.add(work);
  }
}
