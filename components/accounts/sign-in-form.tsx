'use client';
// Signs in with e-mail and password, a passkey, or the organization's OIDC provider.
import { useMutation } from '@tanstack/react-query';
import { Building2, KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import * as z from 'zod/mini';
import { authClient, goTo, useAccountFailureText } from '@/components/accounts/accounts-client';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { type ApiError, request, toApiError } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';

/** Why the sign-in failed, by the key of its message. */
export type Failed = 'notInvited' | 'providerAway' | 'passkeyFailed' | 'failed';

/** The answer of better-auth: where the organization's provider is. */
const provider = z.object({ url: z.string() });

interface SignInFormProps {
  /** Path to open afterwards. */
  readonly next: string;
  /** Name of the OIDC provider; undefined without one. */
  readonly oidc: string | undefined;
  /** Why the last attempt failed, if it did. */
  readonly failed: Failed | undefined;
}

export function SignInForm({ next, oidc, failed }: SignInFormProps) {
  const t = useTranslations('accounts');
  const failureText = useAccountFailureText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  /** Resolves with where to go, or with why not. */
  const signIn = useMutation({
    mutationFn: (way: () => Promise<{ to: string } | { failed: Failed }>) => way(),
    onSuccess: (found) => 'to' in found && goTo(found.to),
  });
  const { data, error } = signIn;
  const refused = signIn.isIdle ? failed : data && 'failed' in data ? data.failed : undefined;
  const busy = signIn.isPending || (data !== undefined && 'to' in data);
  const problem = error ? textOf(error) : refused && t(`signIn.${refused}`);

  function textOf(why: ApiError): string {
    const { status, detail } = toApiError(why);
    if (status === 429) return detail || t('signIn.tooMany');
    return status === 400 || status === 401 ? t('signIn.wrong') : failureText(why);
  }
  const run = (way: Parameters<typeof signIn.mutate>[0]) => {
    if (!busy) signIn.mutate(way);
  };
  const byPassword = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      await request('/api/auth/sign-in/email', { body: { email, password } });
      return { to: next };
    });
  };
  const byPasskey = () =>
    run(async () => {
      const answer = await authClient.signIn.passkey();
      return answer.error ? { failed: 'passkeyFailed' } : { to: next };
    });
  const byProvider = () =>
    run(async () => {
      const back = `/sign-in?next=${encodeURIComponent(next)}`;
      const { url } = await request('/api/auth/sign-in/oauth2', {
        body: { providerId: oidc, callbackURL: next, errorCallbackURL: back },
        schema: provider,
      });
      return { to: url };
    });

  return (
    <fieldset disabled={!useHydrated()} className="mt-6 grid min-w-0 max-w-[24rem] gap-5">
      <form onSubmit={byPassword} className="grid gap-4">
        <TextField
          label={t('email')}
          type="email"
          autoComplete="username webauthn"
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={t('password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" variant="primary" aria-disabled={busy} className="min-h-12">
          {t(busy ? 'signIn.going' : 'signIn.go')}
        </Button>
      </form>
      <div className="grid gap-2.5">
        <Button onClick={byPasskey} aria-disabled={busy}>
          <KeyRound aria-hidden="true" className="size-5" />
          {t('signIn.passkey')}
        </Button>
        {oidc && (
          <Button onClick={byProvider} aria-disabled={busy}>
            <Building2 aria-hidden="true" className="size-5" />
            {t('signIn.oidc')}
          </Button>
        )}
      </div>
      <p className="text-muted-foreground text-sm">{t('signIn.noAccount')}</p>
      {problem && <Notice tone="stop" urgent title={problem} className="mt-0" />}
    </fieldset>
  );
}
