'use client';
// The API keys of everybody, for admins, who can delete them. People create their own on their account page.
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useAccountFailureText, useChange } from '@/components/accounts/accounts-client';
import { KeyRow } from '@/components/accounts/key-row';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';
import { type OwnedKeyView, ownedKeysView } from '@/lib/auth/account-views';

const PATH = '/api/people/keys';
const QUERY = ['all-keys'];

export function AllKeys({ first }: { readonly first: readonly OwnedKeyView[] }) {
  const t = useTranslations('accounts.keys');
  const failureText = useAccountFailureText();
  const { data: keys } = useQuery({
    queryKey: QUERY,
    queryFn: async ({ signal }) => (await request(PATH, { signal, schema: ownedKeysView })).keys,
    initialData: first,
  });
  const { mutate: change, error } = useChange(QUERY);
  return (
    <fieldset disabled={!useHydrated()} className="mt-6 min-w-0">
      {keys.length === 0 && <p className="text-base text-muted-foreground">{t('none')}</p>}
      <ul className="grid gap-4 rounded-lg border border-border bg-card p-4 empty:hidden sm:px-5">
        {keys.map((key) => (
          <KeyRow
            key={key.id}
            of={key}
            owner={key.owner}
            onDelete={() => change(() => request(`${PATH}/${key.id}`, { method: 'DELETE' }))}
          />
        ))}
      </ul>
      {error && <Notice tone="stop" urgent title={failureText(error)} />}
    </fieldset>
  );
}
