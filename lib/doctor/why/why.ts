// "Why did no agent come?", asked for a room: evidence, verdict, and its words as a finding.
import type { Config } from '../../config';
import type { Said } from '../finding';
import { type DoctorWords, ENGLISH } from '../words';
import type { Verdict } from './cause';
import type { AskedFor, Evidence } from './evidence';
import { gather } from './gather';
import { evidenceLines } from './lines';
import { askedFor, whyNoAgent } from './verdict';

const HREFS = { agents: '/agents', calls: '/calls', rules: '/settings/rules', doctor: '/doctor' };

/** A verdict in words, with what it was concluded from. */
export function explain(
  evidence: Evidence,
  verdict: Verdict,
  { whyText, doctorText, evidenceText }: DoctorWords = ENGLISH,
): Said {
  const words = whyText[verdict.cause];
  const asked = askedFor(evidence);
  const { page } = words;
  return {
    state: words.state,
    seen: words.seen(verdict),
    matters: words.matters,
    todo: words.todo(verdict),
    link: page && {
      href: HREFS[page],
      label: page === 'doctor' ? doctorText.title : doctorText.links[page],
    },
    evidence: evidenceLines(
      evidenceText,
      evidence,
      asked?.agent,
      asked?.at ?? evidence.live?.since ?? 0,
    ),
  };
}

/** Gathers and judges. Never throws. */
export async function examineRoom(
  config: Config,
  room: string,
  asked?: AskedFor,
  words: DoctorWords = ENGLISH,
): Promise<Said & { readonly cause: Verdict['cause'] }> {
  const evidence = await gather(config, room, asked);
  const verdict = whyNoAgent(evidence);
  return { ...explain(evidence, verdict, words), cause: verdict.cause };
}
