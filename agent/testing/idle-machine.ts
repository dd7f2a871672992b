// Fake time on a machine that is idle: how long something is waited for depends on its load.
import { onTestFinished, vi } from 'vitest';
import { machine } from '@/agent/core/machine-load';
import { fakeTime } from '@/lib/testing/fake-time';

/** Fakes the time as {@link fakeTime} does, and the load. */
export function idleMachine(): void {
  fakeTime();
  const load = vi.spyOn(machine, 'cpus').mockReturnValue([]);
  onTestFinished(() => load.mockRestore());
}
