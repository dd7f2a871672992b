// What the German wordings of "why did no agent come?" share.
import type { Matter } from '@/lib/doctor/why/cause';

const named = ({ agent, deployment }: Matter) =>
  agent !== undefined && deployment ? `${agent} auf ${deployment}` : agent;

/** The agent that was asked for, at the head of a sentence. */
export const who = (about: Matter): string => named(about) ?? 'Der Agent';
/** The same after "für". */
export const forWhom = (about: Matter): string => named(about) ?? 'diesen Agenten';
export const after = ({ seconds = 0 }: Matter): string => `${seconds} s`;
export const quote = ({ reason }: Matter): string => (reason ? `: „${reason}“` : '');

export const SIGNED =
  'Wer mit einem anderen Geheimnis unterschreibt, wird abgewiesen, bevor etwas gefragt wird.';
