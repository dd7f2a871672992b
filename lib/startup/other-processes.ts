// Handles announcements of other web processes about workers and LiveKit, as if this process had received the events
// itself.

import { z } from 'zod';
import { recheckOpenResponses } from '@/lib/auth/account-changes';
import { callEvent } from '@/lib/calls/event';
import {
  keepProbes,
  keepWebhook,
  probeWebhook,
  recordWorkerReports,
} from '@/lib/calls/ingest/recent-activity';
import type { CallsServer } from '@/lib/calls/server';
import { followChanges } from '@/lib/calls/store/call-feed';
import { subscribe } from '@/lib/cluster/pubsub';
import { keepModelAnswer, modelAnswer } from '@/lib/livekit/model-failures';
import { workerReports } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';

/** Subscribes to announcements about workers, accounts, calls and the doctor. */
export function followOtherProcesses(server: CallsServer): void {
  followChanges(server);
  subscribe(server, 'reports', workerReports, (reports) => {
    recordWorkerReports(server, reports);
    recordReports(server, reports);
  });
  subscribe(server, 'accounts', z.string(), (account) => recheckOpenResponses(server, account));
  subscribe(server, 'webhook', probeWebhook, (webhook) => keepWebhook(server, webhook));
  subscribe(server, 'model-answers', modelAnswer, (answer) => void keepModelAnswer(server, answer));
  subscribe(server, 'probe-events', z.array(callEvent), (events) => keepProbes(server, events));
}
