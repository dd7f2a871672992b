// Deletes old results of simulations, with old calls.
import { lt } from 'drizzle-orm';
import type { Database } from '@/lib/db/database';
import { simulationSessions } from './tables';

/** Deletes those that began before that time. @param before milliseconds since 1970 */
export async function deleteTestCalls(db: Database, before: number): Promise<void> {
  await db.delete(simulationSessions).where(lt(simulationSessions.startedAt, before));
}
