'use client';
// The rules of the page: changes are shown immediately, and replaced by the saved rules.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLatest } from '@/components/calls/use-latest';
import { useMessages } from '@/components/language/language';
import { pageMessages } from '@/components/language/page-messages';
import { ApiError, jsonRequest, request, toApiError } from '@/components/ui/request';
import { rulesMessages } from '@/lib/messages/rules';
import type { RulesFault } from '@/lib/rules/parse-rules';
import type { Rule } from '@/lib/rules/rule';

/** The active rules and their file. */
export interface RulesNow {
  readonly file: string;
  readonly etag: string;
  readonly rules: readonly Rule[];
  readonly faults: readonly RulesFault[];
}

/** Status of a change that is based on an older version. */
export const CHANGED = 412;

const send = (init: RequestInit): Promise<RulesNow> =>
  request('/api/rules', init, pageMessages(rulesMessages).rulesText.failed.unreachable);

/** Saves all rules, based on a version. */
function saveRules(rules: readonly Rule[], etag: string): Promise<RulesNow> {
  const { headers, ...init } = jsonRequest('PUT', { rules });
  return send({ ...init, headers: { ...headers, 'if-match': etag } });
}

/** The state of the page, and its actions. */
export interface RulesOnPage {
  /** Undefined if they could not be loaded. */
  readonly now: RulesNow | undefined;
  /** The rules to show: those being saved, or the saved ones. */
  readonly shown: readonly Rule[];
  readonly saving: boolean;
  /** Why the last request failed. */
  readonly problem: ApiError | undefined;
  /** Loads them again. */
  readonly reload: () => void;
  /**
   * Saves these rules, one request at a time. Resolves with the error, if any.
   * @param atOnce whether to show them before they are saved
   */
  readonly save: (rules: readonly Rule[], atOnce: boolean) => Promise<ApiError | undefined>;
}

/** @param first from the server */
export function useRules(first: RulesNow | undefined): RulesOnPage {
  const { rulesText } = useMessages(rulesMessages);
  const {
    latest: now,
    problem,
    setLatest,
    setProblem,
    ...loading
  } = useLatest(first, () => send({}));
  const [unsaved, setUnsaved] = useState<readonly Rule[]>();
  const [saving, setSaving] = useState(false);
  const busy = useRef(false);
  const reload = () => {
    if (!busy.current) void loading.refresh();
  };

  // The file may have been edited by hand while this window was in the background.
  const onFocus = useEffectEvent(reload);
  useEffect(() => {
    const listener = () => onFocus();
    window.addEventListener('focus', listener);
    if (!first) onFocus();
    return () => window.removeEventListener('focus', listener);
  }, [first]);

  const save: RulesOnPage['save'] = async (rules, atOnce) => {
    if (!now || busy.current) return new ApiError(rulesText.saving, 0);
    busy.current = true;
    loading.stop();
    setSaving(true);
    if (atOnce) setUnsaved(rules);
    setProblem(undefined);
    try {
      setLatest(await saveRules(rules, now.etag));
      return undefined;
    } catch (error) {
      const failed = toApiError(error);
      setProblem(failed);
      return failed;
    } finally {
      busy.current = false;
      setSaving(false);
      setUnsaved(undefined);
    }
  };

  return { now, shown: unsaved ?? now?.rules ?? [], saving, problem, reload, save };
}
