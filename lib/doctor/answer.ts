// An examination as HTTP answers it: whole, or line by line as it becomes known.
import type { Config } from '@/lib/core/config';
import type { Language } from '@/lib/core/language';
import { type Check, runCheck } from './check';
import type { Examination } from './examine';
import { type Finding, LINES_TYPE, type ReportLine } from './finding';
import { examineRoom } from './why/why';
import { type DoctorWords, doctorWords } from './words';

/** Milliseconds for the judgement of one room. */
const WHY_MS = 12_000;

/** The check that asks why no agent came to a room. */
const whyCheck = (room: string, words: DoctorWords): Check => ({
  id: 'why',
  title: words.checkTitles.why,
  limitMs: WHY_MS,
  run: async (config: Config) => {
    const { cause: _, ...said } = await examineRoom(config, room, undefined, words);
    return said;
  },
});

/** One finding for one room. */
export function findingFor(config: Config, room: string, language: Language): Promise<Finding> {
  const words = doctorWords(language);
  return runCheck(whyCheck(room, words), config, words);
}

/** Whether the lines were asked for. */
export const wantsLines = (request: Request) =>
  request.headers.get('accept')?.includes(LINES_TYPE) ?? false;

/** The examination, line by line. It goes on when whoever asked has gone: others may listen. */
export function linesOf({ plan, findings, report }: Examination): Response {
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
      'content-type': `${LINES_TYPE}; charset=utf-8`,
      'cache-control': 'no-store, no-transform',
      // nginx holds answers back otherwise.
      'x-accel-buffering': 'no',
    },
  });
}
