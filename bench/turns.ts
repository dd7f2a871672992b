// How turns are taken, measured on spoken sentences in the sound's own time: `npm run bench:turns`, with
// `-- --each` also sentence by sentence, with `-- --only noise` one set: learn, check, noise, two, over.
// Delays count from the end of the sound to the decision; what speech to text costs is processor time.
import { parseArgs } from 'node:util';
import { initializeLogger } from '@livekit/agents';
import { Flite } from '../agent/speech/flite';
import { Moonshine } from '../agent/speech/moonshine';
import { machine } from './kept';
import { type Decider, deciders } from './turns/deciders';
import { Recogniser } from './turns/hearing';
import { overlap, overlapRows, overlaps } from './turns/interruptions';
import { type Outcome, print, summary } from './turns/outcome';
import { noiseBefore, twoAtOnce } from './turns/scenes';
import { type Take, takesOf } from './turns/sounds';
import { decide } from './turns/turn';
import { CHECK, LEARN } from './turns/utterances';

initializeLogger({ pretty: false, level: 'error' });
const { each, only } = parseArgs({
  options: { each: { type: 'boolean' }, only: { type: 'string', multiple: true } },
}).values;
const flite = await Flite.load();
const recogniser = new Recogniser(await Moonshine.load());
const sets = {
  learn: () => takesOf(flite, LEARN),
  check: () => takesOf(flite, CHECK),
  noise: () => noiseBefore(flite),
  two: () => twoAtOnce(flite),
};
const wanted = (set: string) => !only || only.includes(set);
const chosen = Object.entries(sets).flatMap(([set, make]) =>
  wanted(set) ? [[set, make()] as const] : [],
);

async function through(takes: readonly Take[], decider: Decider): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const take of takes) {
    const outcome = { take, decisions: await decide(take, decider, recogniser) };
    outcomes.push(outcome);
    if (each) print.each(decider.name, outcome);
  }
  return outcomes;
}

const rows = [];
for (const decider of deciders()) {
  for (const [set, takes] of chosen) {
    rows.push(summary(decider.name, set, await through(takes, decider)));
  }
}
const over = [];
for (const take of wanted('over') ? overlaps(flite) : []) {
  const heard = await overlap(take, recogniser);
  over.push(heard);
  if (each) print.overlap(heard);
}
const overRows = overlapRows(over);
if (rows.length > 0) print.table(rows);
if (over.length > 0) print.overlaps(overRows);
process.stdout.write(
  `\n${JSON.stringify({ title: 'Turns', ...machine(), rows, over: overRows })}\n`,
);
process.exit(0);
