'use client';
// One call on its page: watched while it is on, and looked at again when something comes late.
import { useEffect, useState } from 'react';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { asProblem, type CallsProblem, loadCall } from './calls-client';
import { useChanges } from './changes';

/** Milliseconds between two positions of a running clock. */
const TICK_MS = 1_000;

/** What the page knows. */
export interface CallOnPage {
  readonly detail: CallDetail;
  /** It was deleted while it was looked at. */
  readonly gone: boolean;
  /** Why the last look failed. */
  readonly problem: CallsProblem | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** @param servedAt when the server made the page, milliseconds since 1970 */
export function useCall(first: CallDetail, servedAt: number): CallOnPage {
  const { id } = first.call;
  const [detail, setDetail] = useState(first);
  const [gone, setGone] = useState(false);
  const [problem, setProblem] = useState<CallsProblem>();
  const [now, setNow] = useState(servedAt);
  useChanges(() => {
    loadCall(id).then(
      (loaded) => {
        setDetail(loaded);
        setProblem(undefined);
      },
      (error: unknown) => {
        const failed = asProblem(error);
        setGone(failed.status === 404);
        setProblem(failed);
      },
    );
  }, id);
  const live = detail.call.endedAt === undefined;
  useEffect(() => {
    if (!live || gone) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [live, gone]);
  return { detail, gone, problem, now };
}
