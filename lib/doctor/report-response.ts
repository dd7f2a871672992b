// An examination as an HTTP response: complete, or as NDJSON lines as findings become known.
import type { Config } from '@/lib/core/config';
import type { Language } from '@/lib/core/language';
import { type Check, runCheck } from './check';
import { diagnoseRoom } from './diagnosis/diagnose-room';
import type { Examination } from './examine';
import { type Finding, NDJSON_TYPE, type ReportLine } from './finding';
import { type DoctorMessages, doctorMessagesIn } from './messages';

/** Milliseconds for the diagnosis of one room. */
const WHY_MS = 12_000;

/** The check that diagnoses why no agent joined a room. */
const whyCheck = (room: string, words: DoctorMessages): Check => ({
  id: 'why',
  title: words.checkTitles.why,
  limitMs: WHY_MS,
  run: async (config: Config) => {
    const { cause: _, ...said } = await diagnoseRoom(config, room, undefined, words);
    return said;
  },
});

/** The finding for one room. */
export function findingFor(config: Config, room: string, language: Language): Promise<Finding> {
  const words = doctorMessagesIn(language);
  return runCheck(whyCheck(room, words), config, words);
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
