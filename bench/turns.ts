// How turns are taken, measured on spoken sentences in the sound's own time: `npm run bench:turns`, with
// `-- --each` also sentence by sentence.
// Delays count from the end of the sound to the decision; what speech to text costs is processor time.
import { cpus } from 'node:os';
import { initializeLogger } from '@livekit/agents';
import { Flite } from '../agent/speech/flite';
import { Moonshine } from '../agent/speech/moonshine';
import { type Decider, deciders } from './turns/deciders';
import { Recogniser } from './turns/hearing';
import { overlap, overlapRows, overlaps } from './turns/interruptions';
import { type Outcome, print, summary } from './turns/outcome';
import { type Take, takesOf } from './turns/sounds';
import { decide } from './turns/turn';
import { CHECK, LEARN } from './turns/utterances';

initializeLogger({ pretty: false, level: 'error' });
const verbose = process.argv.includes('--each');
const flite = await Flite.load();
const recogniser = new Recogniser(await Moonshine.load());
const sets = { learn: takesOf(flite, LEARN), check: takesOf(flite, CHECK) };

async function through(takes: readonly Take[], decider: Decider): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const take of takes) {
    const outcome = { take, decisions: await decide(take, decider, recogniser) };
    outcomes.push(outcome);
    if (verbose) print.each(decider.name, outcome);
  }
  return outcomes;
}

const rows = [];
for (const decider of deciders()) {
  for (const [set, takes] of Object.entries(sets)) {
    rows.push(summary(decider.name, set, await through(takes, decider)));
  }
}
const over = [];
for (const take of overlaps(flite)) over.push(await overlap(take, recogniser));
const overRows = overlapRows(over);
print.table(rows);
print.overlaps(overRows);
const facts = { cpu: cpus()[0]?.model, cpus: cpus().length, node: process.version };
process.stdout.write(`\n${JSON.stringify({ title: 'Turns', ...facts, rows, over: overRows })}\n`);
process.exit(0);
