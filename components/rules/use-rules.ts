'use client';
// The rules of the page: changes are shown immediately, and replaced by the saved rules.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent } from 'react';
import { ApiError, request, toApiError } from '@/components/ui/request';
import { rulesAnswer, type SavedRules } from '@/lib/rules/answer';
import type { Rule } from '@/lib/rules/rule';

/** Status of a change that is based on an older version. */
export const CHANGED = 412;

const PATH = '/api/rules';

/** The state of the page, and its actions. */
export interface RulesOnPage {
  /** Undefined if they could not be loaded. */
  readonly now: SavedRules | undefined;
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

const QUERY = ['rules'];

/** @param first from the server */
export function useRules(first: SavedRules | undefined): RulesOnPage {
  const t = useTranslations('rules');
  const client = useQueryClient();
  const {
    data: now,
    error,
    refetch,
  } = useQuery({
    queryKey: QUERY,
    queryFn: ({ signal }) => request(PATH, { signal, schema: rulesAnswer }),
    initialData: first,
  });
  const saving = useMutation({
    mutationKey: QUERY,
    mutationFn: ({ rules, etag }: { rules: readonly Rule[]; etag: string; atOnce: boolean }) =>
      request(PATH, {
        method: 'PUT',
        body: { rules },
        headers: { 'if-match': etag },
        schema: rulesAnswer,
      }),
    onMutate: () => client.cancelQueries({ queryKey: QUERY }),
    onSuccess: (saved) => client.setQueryData(QUERY, saved),
  });
  /** Known at once, unlike `saving.isPending`. */
  const isSaving = () => client.isMutating({ mutationKey: QUERY }) > 0;
  const reload = () => {
    if (isSaving()) return;
    saving.reset();
    void refetch();
  };

  // Others may have changed them while this window was in the background.
  const onFocus = useEffectEvent(reload);
  useEffect(() => {
    const listener = () => onFocus();
    window.addEventListener('focus', listener);
    return () => window.removeEventListener('focus', listener);
  }, []);

  const save: RulesOnPage['save'] = async (rules, atOnce) => {
    if (!now || isSaving()) return new ApiError(t('saving'), 0);
    try {
      await saving.mutateAsync({ rules, etag: now.etag, atOnce });
      return undefined;
    } catch (failed) {
      return toApiError(failed);
    }
  };

  const unsaved = saving.isPending && saving.variables.atOnce ? saving.variables.rules : undefined;
  return {
    now,
    shown: unsaved ?? now?.rules ?? [],
    saving: saving.isPending,
    problem: saving.isPending ? undefined : (saving.error ?? error ?? undefined),
    reload,
    save,
  };
}
