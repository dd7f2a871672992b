// What other pages still show of the call.
import { appConfig } from '@/app-config';
import type { MicProblem } from '@/lib/call/mic-problem';

/** @param position in the queue, from 1 */
const before = (position: number) => {
  const count = position - 1;
  if (count === 0) return 'You are next';
  return count === 1 ? '1 person is ahead of you' : `${count} people are ahead of you`;
};

const orType = appConfig.features.chat ? ' You can also type.' : '';
const mics: Record<MicProblem, { readonly title: string; readonly body: string }> = {
  blocked: {
    title: 'The microphone is blocked',
    body: `Allow it in the address bar of your browser, and in the settings of this device, then try again.${orType}`,
  },
  'in-use': {
    title: 'The microphone could not be opened',
    body: `Another program may be using it. Close that program and try again.${orType}`,
  },
  none: {
    title: 'No microphone found',
    body: `Plug one in and try again.${orType}`,
  },
  insecure: {
    title: 'This page may not use a microphone',
    body: `Browsers allow it only on https:// addresses or localhost.${orType}`,
  },
  withheld: {
    title: 'This page may not use a microphone',
    body: `The website or the settings of your browser do not allow it.${orType}`,
  },
  lost: {
    title: 'The microphone is gone',
    body: `It was unplugged or switched off. Choose another one and try again.${orType}`,
  },
  unknown: {
    title: 'The microphone did not start',
    body: `Your browser gave no reason. Try again.${orType}`,
  },
};

export const text = {
  queue: { before },
  mics,
  whyNobody: { link: 'Why did no agent come?', newTab: 'opens in a new tab' },
  transcript: {
    ms: (ms: number) => `${Math.round(ms)} ms`,
    tool: { args: 'Arguments', result: 'Result', failed: 'failed' },
  },
} as const;
