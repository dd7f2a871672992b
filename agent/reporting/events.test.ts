// The events that a job reports, into a file of its own.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobContext } from '@livekit/agents';
import { expect, onTestFinished, test } from 'vitest';
import { openCallReporting } from '@/agent/reporting/events';
import { EVENTS_MAX } from '@/lib/calls/event';
import type { Config } from '@/lib/core/config';

test('a job reports a limited number of frequent events, and then still what ends the call', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-job-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const job = { room: { name: 'r', sid: 'RM_1', metadata: '' } };
  const ctx = { job, room: { remoteParticipants: new Map() } } as unknown as JobContext;
  const report = openCallReporting(ctx, { DATA_DIR: folder } as Config);
  for (let at = 0; at < EVENTS_MAX + 1_000; at += 1) {
    report({ kind: 'agent_state', identity: 'a', state: 'listening' });
  }
  report({ kind: 'ended', why: 'caller-left' });
  const queue = join(folder, 'events', 'worker');
  const lines = readdirSync(queue).flatMap((name) =>
    readFileSync(join(queue, name), 'utf8').trim().split('\n'),
  );
  expect(lines).toHaveLength(EVENTS_MAX + 1);
  expect(JSON.parse(lines.at(-1) ?? '').what.kind).toBe('ended');
});
