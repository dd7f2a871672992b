// From the click on Start call to what the caller sees and hears in a browser.
import { status } from '@/lib/messages/en/call-states';
import type { Bench } from '../support/bench';
import { PageCall, type Seen } from '../support/page-call';
import { byPart, lastCall, type Parts, setUp } from '../support/timeline';
import type { Finding } from '../table';

/** Statuses of the page once the agent has joined. */
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

export async function click(bench: Bench): Promise<Finding[]> {
  const calls: FromClick[] = [];
  const parts: Parts[] = [];
  await bench.idle();
  for (let run = 0; run < bench.runs; run += 1) {
    const since = Date.now();
    const caller = await PageCall.open(bench);
    await caller.start();
    await caller.greeted();
    // The page shows that the agent has joined a moment before or after its first audio.
    await caller.finished();
    calls.push(fromClick(await caller.seen()));
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
