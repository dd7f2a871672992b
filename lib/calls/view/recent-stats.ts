// The statistics as pages and programs ask for them again and again: computed at most so often,
// however many look. PGlite works on this process's own thread, where a week of 22,500 calls and
// their 135,000 answers was measured to take 0.4 s.

import { processSingleton } from '@/lib/core/process-singleton';
import { agentStats } from '../store/read-stats';
import { type WindowName, type WindowStats, windowAt } from './agent-stats';

/** Milliseconds for which an answer is good: a small part of a step. Our own choice. */
const GOOD_MS: Readonly<Record<WindowName, number>> = { hour: 2_000, day: 10_000, week: 60_000 };

interface Kept {
  readonly at: number;
  readonly stats: Promise<WindowStats>;
}

const windows = processSingleton('recent-stats', (): Partial<Record<WindowName, Kept>> => ({}));

/**
 * The statistics of the window that ends now, or did a moment ago.
 * @throws {Problem} 503 where the database is away
 */
export function recentStats(name: WindowName): Promise<WindowStats> {
  const all = windows();
  const now = Date.now();
  const kept = all[name];
  if (kept && Math.abs(now - kept.at) < GOOD_MS[name]) return kept.stats;
  const window = windowAt(name, now);
  const stats = agentStats(window).then((agents) => ({ ...window, agents }));
  all[name] = { at: now, stats };
  // A failure is no answer: whoever asks next asks the database.
  stats.catch(() => delete all[name]);
  return stats;
}
