// From the end of the caller's speech to the agent's first audio in the browser, with its parts according to the call's
// timeline.

import type { Bench } from '../support/bench';
import { PageCall } from '../support/page-call';
import type { Exchange } from '../support/speech-segments';
import { QUESTIONS } from '../support/speech-segments';
import { answerParts, byPart, lastCall, type Parts } from '../support/timeline';
import type { Finding } from '../table';

/** Number of questions per call: longer conversations would not be typical. */
const PER_CALL = 5;

export async function answer(bench: Bench): Promise<Finding[]> {
  const delays: number[] = [];
  const parts: Parts[] = [];
  let asked = 0;
  await bench.idle();
  while (asked < bench.runs) {
    const since = Date.now();
    const caller = await PageCall.open(bench);
    await caller.start();
    await caller.greeted();
    await caller.finished();
    const exchanges: Exchange[] = [];
    for (let turn = 0; turn < PER_CALL && asked < bench.runs; turn += 1) {
      const question = QUESTIONS[asked % QUESTIONS.length] as string;
      asked += 1;
      const found = await caller.asks(question);
      if (found) exchanges.push(found);
    }
    await caller.end();
    delays.push(...exchanges.map(({ askedAt, heardAt }) => heardAt - askedAt));
    const timeline = await lastCall(bench, since);
    parts.push(...exchanges.map((one) => answerParts(timeline, one)));
  }
  const early = delays.filter((delay) => delay < 0).length;
  const lost = `${asked - delays.length} of ${asked} not answered, ${early} interrupted`;
  return [
    {
      what: 'end of speech → first agent audio in the browser',
      unit: 'ms',
      values: delays,
      target: { median: 600, p95: 900 },
      note: lost,
      ...((asked > delays.length || early > 0) && { wrong: lost }),
    },
    ...byPart(parts).map(
      ([name, values]): Finding => ({
        what: name === 'network and browser' ? `  ${name}` : `  end of speech → ${name}`,
        unit: 'ms',
        values,
        note: 'by the timeline',
      }),
    ),
  ];
}
