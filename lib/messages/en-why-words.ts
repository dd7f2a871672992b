// How every verdict of "why did no agent come?" is worded, and what the wordings share.
import type { Matter } from '@/lib/doctor/why/cause';

export interface Words {
  readonly state: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly seen: (about: Matter) => string;
  readonly matters: string;
  readonly todo: (about: Matter) => string;
  readonly page?: 'agents' | 'calls' | 'rules' | 'doctor';
}

export const who = ({ agent = 'The agent', deployment }: Matter) =>
  deployment ? `${agent} on ${deployment}` : agent;
export const after = ({ seconds = 0 }: Matter) => `${seconds} s`;
export const quote = ({ reason }: Matter) => (reason ? `: “${reason}”` : '');

export const SIGNED = 'Requests that are signed with another secret are rejected.';
