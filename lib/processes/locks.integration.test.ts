// Work under a lock of PostgreSQL: one after the other across processes, and done without it where the
// server is away.
import { afterEach, expect, it, vi } from 'vitest';
import { hasPostgres, startPostgres } from '../testing/databases';

afterEach(() => vi.unstubAllEnvs());

it.skipIf(!hasPostgres)(
  'waits for the work of another process, and not for a dead server',
  async () => {
    const server = await startPostgres();
    vi.stubEnv('DATABASE_URL', server.url);
    const one = await import('./locks');
    vi.resetModules();
    const postgres = (await import('postgres')).default;
    const other = postgres(server.url, { max: 1, onnotice() {} });
    try {
      const began = performance.now();
      await expect(one.acrossProcesses('a', 5_000, async () => 'done')).resolves.toBe('done');
      expect(performance.now() - began).toBeLessThan(5_000);

      await other`select pg_advisory_lock(${one.PROCESS_LOCKS.work}, hashtext('a'))`;
      const work = vi.fn(async () => 'turn');
      const waiting = one.acrossProcesses('a', 5_000, work);
      await one.acrossProcesses('b', 5_000, async () => undefined);
      expect(work).not.toHaveBeenCalled();
      await other`select pg_advisory_unlock(${one.PROCESS_LOCKS.work}, hashtext('a'))`;
      await expect(waiting).resolves.toBe('turn');

      await server.kill();
      const cut = performance.now();
      await expect(one.acrossProcesses('a', 1_000, async () => 'alone')).resolves.toBe('alone');
      // Without its limit it would wait for ever.
      expect(performance.now() - cut).toBeLessThan(10_000);
    } finally {
      await other.end({ timeout: 0 });
      await one.closeLocks();
      await server.remove();
    }
  },
  30_000,
);
