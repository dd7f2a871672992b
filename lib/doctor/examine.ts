// An examination runs all checks in parallel and reports each finding when it is done. Each process runs one at a time
// per language, and concurrent requests share it, so that they do not multiply the test calls. Web processes
// take turns.
import PQueue from 'p-queue';
import { withLock } from '@/lib/cluster/locks';
import type { Check } from '@/lib/core/finding';
import {
  type Finding,
  NDJSON_TYPE,
  type Planned,
  type ReportLine,
  worst,
} from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { since } from '@/lib/core/wait';
import { runCheck } from '@/lib/doctor/check';
import { agentChecks } from '@/lib/doctor/checks/agents';
import { envFileChecks } from '@/lib/doctor/checks/env-files';
import { databaseCheck, minutesChecks, portsCheck } from '@/lib/doctor/checks/installation';
import { modelChecks } from '@/lib/doctor/checks/models';
import { proxyChecks } from '@/lib/doctor/checks/proxy';
import { serverChecks } from '@/lib/doctor/checks/server';
import { speechCheck } from '@/lib/doctor/checks/speech';
import { webhookCheck } from '@/lib/doctor/checks/webhooks';
import { diagnoseRoom } from '@/lib/doctor/diagnosis/diagnose-room';
import type { DoctorServer, Examination } from '@/lib/doctor/server';
import { translator } from '@/lib/messages/messages';

/** Heavy checks at once: each takes a job process. */
const HEAVY_AT_ONCE = 2;

/** Milliseconds to wait for another process's examination: longer than most take. */
const MAX_WAIT_MS = 60_000;

const allChecks = (server: DoctorServer, language: Language): readonly Check[] => [
  ...serverChecks(server, language),
  ...proxyChecks(server, language),
  webhookCheck(server, language),
  databaseCheck(server, language),
  ...envFileChecks(language),
  ...minutesChecks(server, language),
  ...server.features.flatMap((one) => one.checks?.(server, language) ?? []),
  ...modelChecks(server, language),
  portsCheck(server, language),
  speechCheck(server, language),
  ...agentChecks(server, language),
];

/**
 * The checks of an examination, in order.
 * @param agent the agent of test calls, instead of all checks
 */
export function examinationPlan(
  server: DoctorServer,
  language: Language,
  agent?: string,
): Planned[] {
  const checks =
    agent === undefined ? allChecks(server, language) : agentChecks(server, language, { agent });
  return checks.map(({ id, title }) => ({ id, title }));
}

/** Starts the checks once it is their turn. */
export function startExamination(
  checks: readonly Check[],
  language: Language = 'en',
  turn: Promise<void> = Promise.resolve(),
): Examination {
  const at = new Date().toISOString();
  const began = performance.now();
  const heavy = new PQueue({ concurrency: HEAVY_AT_ONCE });
  const findings = checks.map(async (check) => {
    await turn;
    return check.heavy ? heavy.add(() => runCheck(check, language)) : runCheck(check, language);
  });
  const report = Promise.all(findings).then((all) => ({
    state: worst(all),
    at,
    ms: since(began),
    findings: all,
  }));
  return { plan: checks.map(({ id, title }) => ({ id, title })), findings, report };
}

/** The running examination in that language, or a new one. */
export function examination(server: DoctorServer, language: Language): Examination {
  const all = server.examinations;
  const going = all.get(language);
  if (going) return going;
  let begin = () => {};
  const turn = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const begun = startExamination(allChecks(server, language), language, turn);
  all.set(language, begun);
  void withLock(server, `doctor ${language}`, MAX_WAIT_MS, async () => {
    begin();
    await begun.report;
  }).finally(() => all.delete(language));
  return begun;
}

/** Starts test calls to one agent, on one deployment or on all. There are none if it is not in the list. */
export function testCalls(
  server: DoctorServer,
  asked: { readonly agent: string; readonly deployment?: string | undefined },
  language: Language,
): Examination {
  return startExamination(agentChecks(server, language, asked), language);
}

/** Milliseconds for the diagnosis of one room. */
const WHY_MS = 12_000;

const whyCheck = (server: DoctorServer, room: string, language: Language): Check => ({
  id: 'why',
  title: translator(language, 'checks')('why'),
  limitMs: WHY_MS,
  run: async () => {
    const { cause: _, ...said } = await diagnoseRoom(server, room, undefined, language);
    return said;
  },
});

/** The finding for one room. */
export function findingFor(
  server: DoctorServer,
  room: string,
  language: Language,
): Promise<Finding> {
  return runCheck(whyCheck(server, room, language), language);
}

/** Whether the request accepts NDJSON. */
export const wantsNdjson = (request: Request) =>
  request.headers.get('accept')?.includes(NDJSON_TYPE) ?? false;

/** The examination as NDJSON. It continues if the client disconnects, because other clients may share it. */
export function ndjsonResponse({ plan, findings, report }: Examination): Response {
  const encoder = new TextEncoder();
  let gone = false;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (line: ReportLine) => {
        if (!gone) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      send({ plan: [...plan] });
      await Promise.all(findings.map(async (one) => send({ finding: await one })));
      const { findings: _, ...end } = await report;
      send({ end });
      if (!gone) controller.close();
    },
    cancel() {
      gone = true;
    },
  });
  return new Response(body, {
    headers: {
      'content-type': `${NDJSON_TYPE}; charset=utf-8`,
      'cache-control': 'no-store, no-transform',
      // nginx buffers responses otherwise.
      'x-accel-buffering': 'no',
    },
  });
}
