// Caches that may hold many entries and mostly hold few.
import { LRUCache } from 'lru-cache';

/**
 * A cache that grows with its entries. The option `max` of lru-cache would allocate for all of them at once: 5 MB for 100,000.
 * @param ttl milliseconds after which an entry is dropped
 * @param maxEntries above which the least recently used are dropped
 */
export const growingCache = <V extends NonNullable<unknown>>(ttl: number, maxEntries: number) =>
  new LRUCache<string, V>({ ttl, maxSize: maxEntries, sizeCalculation: () => 1 });
