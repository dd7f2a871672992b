// The request behind a button or a form.
import { useState } from 'react';
import { useFailureText } from '@/components/ui/failure';

/** Runs one request at a time; `problem` says why the last one has failed. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const failureText = useFailureText();
  /** Resolves with whether it succeeded. */
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(failureText(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run, forget: () => setProblem(undefined) };
}
