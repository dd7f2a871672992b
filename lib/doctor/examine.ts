// The whole examination: every check, side by side, told as each is done. One at a time for the
// process and language: whoever asks while one is going on gets that one, so that no crowd sends a crowd
// of probes. Of several web processes one examines after the other.

import { acrossProcesses } from '@/lib/cluster/locks';
import type { Config } from '@/lib/core/config';
import type { Language } from '@/lib/core/language';
import { processSingleton } from '@/lib/core/process-singleton';
import { since } from '@/lib/core/wait';
import { type Check, runCheck } from './check';
import { agentChecks } from './checks/agents';
import { databaseCheck } from './checks/database';
import { minutesChecks } from './checks/minutes';
import { portsCheck } from './checks/ports';
import { serverChecks } from './checks/server';
import { speechCheck } from './checks/speech';
import { webhookCheck } from './checks/webhooks';
import { type Finding, type Planned, type Report, worst } from './finding';
import { type DoctorWords, doctorWords, ENGLISH } from './words';

/** Heavy checks at once: each takes a job process of its own. */
const HEAVY_AT_ONCE = 2;

/** Milliseconds after which another process's examination is waited for no more: longer than most take. */
const OTHERS_MS = 60_000;

/** An examination that is going on. */
export interface Examination {
  readonly plan: readonly Planned[];
  /** The findings in the order of the plan, each when it is there. None rejects. */
  readonly findings: readonly Promise<Finding>[];
  readonly report: Promise<Report>;
}

const examinations = processSingleton('examinations', () => new Map<Language, Examination>());

const allChecks = (words: DoctorWords): readonly Check[] => [
  ...serverChecks(words),
  webhookCheck(words),
  databaseCheck(words),
  ...minutesChecks(words),
  portsCheck(words),
  speechCheck(words),
  ...agentChecks(words),
];

/** Lets a few through at once, the others in their order. */
function gate(atOnce: number) {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** What an examination looks at, in its order. */
export const examinationPlan = (language: Language): Planned[] =>
  allChecks(doctorWords(language)).map(({ id, title }) => ({ id, title }));

/** Begins the checks, when it is their turn. */
export function startExamination(
  config: Config,
  checks: readonly Check[],
  words: DoctorWords = ENGLISH,
  turn: Promise<void> = Promise.resolve(),
): Examination {
  const at = new Date().toISOString();
  const began = performance.now();
  const heavy = gate(HEAVY_AT_ONCE);
  const findings = checks.map(async (check) => {
    await turn;
    return check.heavy
      ? heavy(() => runCheck(check, config, words))
      : runCheck(check, config, words);
  });
  const report = Promise.all(findings).then((all) => ({
    state: worst(all),
    at,
    ms: since(began),
    findings: all,
  }));
  return { plan: checks.map(({ id, title }) => ({ id, title })), findings, report };
}

/** The examination that is going on in that language, or a new one. */
export function examination(config: Config, language: Language): Examination {
  const all = examinations();
  const going = all.get(language);
  if (going) return going;
  const words = doctorWords(language);
  let begin = () => {};
  const turn = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const begun = startExamination(config, allChecks(words), words, turn);
  all.set(language, begun);
  void acrossProcesses(`doctor ${language}`, OTHERS_MS, async () => {
    begin();
    await begun.report;
  }).finally(() => all.delete(language));
  return begun;
}
