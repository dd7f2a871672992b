// From the click on Start call to what the caller sees and hears of it, in a browser.
import { status } from '@/lib/text/en-states';
import type { Bench } from '../support/bench';
import { STEPS, type Steps } from '../support/in-page';
import { PageCall, type Seen } from '../support/page-call';
import { byPart, lastCall, type Parts, setUp } from '../support/timeline';
import type { Finding } from '../table';

/** What the page says once the agent is there. */
const THERE = [status.joined, status.listening, status.thinking, status.speaking];

interface FromClick {
  readonly seen: number;
  readonly joined: number;
  readonly heard: number;
}

function fromClick({ clickedAt = Number.NaN, seenAt, statuses, heard }: Seen): FromClick {
  const joined = statuses.find(({ text, at }) => at >= clickedAt && THERE.includes(text));
  return {
    seen: (seenAt ?? Number.NaN) - clickedAt,
    joined: (joined?.at ?? Number.NaN) - clickedAt,
    heard: (heard[0] ?? Number.NaN) - clickedAt,
  };
}

/** Milliseconds from the click to each step, in their usual order. */
const stepsFrom = (clickedAt: number, steps: Steps): Parts =>
  Object.fromEntries(STEPS.map((step) => [step, (steps[step] ?? Number.NaN) - clickedAt]));

export async function click(bench: Bench): Promise<Finding[]> {
  const calls: FromClick[] = [];
  const steps: Parts[] = [];
  const parts: Parts[] = [];
  await bench.idle();
  for (let run = 0; run < bench.runs; run += 1) {
    const since = Date.now();
    const caller = await PageCall.open(bench);
    await caller.start();
    await caller.greeted();
    // The page says of an agent that it is there a moment after its sound came, or before.
    await caller.finished();
    const seen = await caller.seen();
    calls.push(fromClick(seen));
    steps.push(stepsFrom(seen.clickedAt ?? Number.NaN, await caller.steps()));
    await caller.end();
    parts.push(setUp(await lastCall(bench, since)));
  }
  const all = (name: keyof FromClick) => calls.map((call) => call[name]);
  return [
    {
      what: 'click → visible answer of the page',
      unit: 'ms',
      values: all('seen'),
      target: { median: 50 },
    },
    {
      what: 'click → agent joined, as the page says',
      unit: 'ms',
      values: all('joined'),
      target: { median: 250 },
    },
    {
      what: 'click → first agent audio in the browser',
      unit: 'ms',
      values: all('heard'),
      target: { median: 600, p95: 900 },
    },
    ...byPart(steps).map(
      ([name, values]): Finding => ({
        what: `  click → ${name}`,
        unit: 'ms',
        values,
        note: 'in the browser',
      }),
    ),
    ...byPart(parts).map(
      ([name, values]): Finding => ({
        what: `  request → ${name} done`,
        unit: 'ms',
        values,
        note: 'by the timeline',
      }),
    ),
  ];
}
