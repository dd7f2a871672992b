// A measured call as the product stored it: the parts of its set-up and of its answers.
import type { Timeline } from '@/lib/calls/call';
import { callAnswer, callsAnswer } from '@/lib/calls/view/answers';
import type { Bench } from '@/scripts/bench/support/bench';
import { until } from '@/scripts/bench/support/bench';
import type { Exchange } from '@/scripts/bench/support/speech-segments';

/** Waits until the latest call, requested at `since` or later, has ended and is stored; resolves to its timeline. */
export async function lastCall(bench: Bench, since: number): Promise<Timeline> {
  // Workers report the last turns a moment after the end.
  await bench.idle();
  const id = await until('the end of the call', async () => {
    const path = `/api/calls?from=${since}&limit=1`;
    const { calls } = callsAnswer.parse(await bench.ask('GET', path));
    return calls[0]?.endedAt !== undefined && calls[0].id;
  });
  return callAnswer.parse(await bench.ask('GET', `/api/calls/${id}`));
}

/** Milliseconds by name of the part. */
export type Parts = Readonly<Record<string, number>>;

/** The stages of the set-up, each from the request to its completion. */
export const setUp = ({ stages }: Timeline): Parts =>
  Object.fromEntries(stages.map(({ name, to }) => [name, to]));

/** Maximum difference in milliseconds between the start of an answer at the worker and when it was heard. */
const NEAR_MS = 1_500;

type Turn = Extract<Timeline['marks'][number], { kind: 'turn' }>;

/**
 * The parts of an answer: from the real end of the caller's speech, by the worker's clock, which is this machine's. Empty
 * if the product stored no such turn.
 */
export function answerParts({ call, marks }: Timeline, { askedAt, heardAt }: Exchange): Parts {
  const turns = marks.filter((mark): mark is Turn => mark.kind === 'turn');
  const from = (turn: Turn) => call.requestedAt + turn.from;
  const answer = turns.find(
    (turn) => turn.speaker === 'agent' && Math.abs(heardAt - from(turn)) < NEAR_MS,
  );
  const { transcript, firstToken, firstAudio } = answer?.latency ?? {};
  if (!answer || firstAudio === undefined) return {};
  // The worker measures from the end of speech that it detected.
  const end = from(answer) - firstAudio - askedAt;
  return {
    'that end as the worker has it': end,
    ...(transcript !== undefined && { transcript: end + transcript }),
    ...(firstToken !== undefined && { 'first word of the reply': end + firstToken }),
    'first audio at the worker': end + firstAudio,
    'network and browser': heardAt - from(answer),
  };
}

/** All values of each part, in the order in which parts first occur. */
export function byPart(all: readonly Parts[]): (readonly [string, readonly number[]])[] {
  const names = [...new Set(all.flatMap((parts) => Object.keys(parts)))];
  return names.map((name) => [name, all.flatMap((parts) => parts[name] ?? [])]);
}
