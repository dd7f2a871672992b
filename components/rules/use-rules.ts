'use client';
// The rules of the page: changes are shown immediately, and replaced by the saved rules.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { rulesMessages } from '@/lib/messages/rules';
import type { Rule } from '@/lib/rules/rule';
import { loadRules, type RulesNow, RulesProblem, saveRules } from './rules-client';

/** The state of the page, and its actions. */
export interface RulesOnPage {
  /** Undefined if they could not be loaded. */
  readonly now: RulesNow | undefined;
  /** The rules to show: those being saved, or the saved ones. */
  readonly shown: readonly Rule[];
  readonly saving: boolean;
  /** Why the last request failed. */
  readonly problem: RulesProblem | undefined;
  /** Loads them again. */
  readonly reload: () => Promise<void>;
  /**
   * Saves these rules, one request at a time. Resolves with the error, if any.
   * @param atOnce whether to show them before they are saved
   */
  readonly save: (rules: readonly Rule[], atOnce: boolean) => Promise<RulesProblem | undefined>;
}

const toCallsProblem = (error: unknown) =>
  error instanceof RulesProblem ? error : new RulesProblem(String(error), 0);

/** @param first from the server */
export function useRules(first: RulesNow | undefined): RulesOnPage {
  const { rulesText } = useMessages(rulesMessages);
  const [now, setNow] = useState(first);
  const [meant, setMeant] = useState<readonly Rule[]>();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<RulesProblem>();
  const busy = useRef(false);

  const reload = useCallback(async () => {
    if (busy.current) return;
    try {
      const loaded = await loadRules();
      if (busy.current) return;
      setNow(loaded);
      setProblem(undefined);
    } catch (error) {
      setProblem(toCallsProblem(error));
    }
  }, []);

  // The file may have been edited by hand while this window was in the background.
  useEffect(() => {
    const onFocus = () => void reload();
    window.addEventListener('focus', onFocus);
    if (!first) void reload();
    return () => window.removeEventListener('focus', onFocus);
  }, [reload, first]);

  const save: RulesOnPage['save'] = async (rules, atOnce) => {
    if (!now || busy.current) return new RulesProblem(rulesText.saving, 0);
    busy.current = true;
    setSaving(true);
    if (atOnce) setMeant(rules);
    setProblem(undefined);
    try {
      setNow(await saveRules(rules, now.etag));
      return undefined;
    } catch (error) {
      const failed = toCallsProblem(error);
      setProblem(failed);
      return failed;
    } finally {
      busy.current = false;
      setSaving(false);
      setMeant(undefined);
    }
  };

  return { now, shown: meant ?? now?.rules ?? [], saving, problem, reload, save };
}
