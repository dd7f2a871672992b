'use client';
// Signs in with e-mail and password, a passkey, or the organization's OIDC provider.
import { Building2, KeyRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { authClient, goTo, messageOf } from '@/components/accounts/accounts-client';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { request, toApiError } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';
import { accountsMessages } from '@/lib/messages/accounts';

/** Why the sign-in failed, by the key of its message. */
export type Failed = 'notInvited' | 'providerAway' | 'failed';

interface SignInFormProps {
  /** Path to open afterwards. */
  readonly next: string;
  /** Name of the OIDC provider; undefined without one. */
  readonly oidc: string | undefined;
  /** Why the last attempt failed, if it did. */
  readonly failed: Failed | undefined;
}

export function SignInForm({ next, oidc, failed }: SignInFormProps) {
  const { accountsText } = useMessages(accountsMessages);
  const { signIn } = accountsText;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(failed && signIn[failed]);

  const run = async (work: () => Promise<string | undefined>) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const wrong = await work();
      if (wrong === undefined) return;
      setProblem(wrong);
    } catch (error) {
      const { status, detail } = toApiError(error);
      const known = { 400: signIn.wrong, 401: signIn.wrong, 429: detail || signIn.tooMany }[status];
      setProblem(known ?? messageOf(error));
    }
    setBusy(false);
  };
  const byPassword = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await request('/api/auth/sign-in/email', { body: { email, password } });
      goTo(next);
      return undefined;
    });
  };
  const byPasskey = () =>
    void run(async () => {
      const { error } = await authClient.signIn.passkey();
      if (error) return signIn.passkeyFailed;
      goTo(next);
      return undefined;
    });
  const byProvider = () =>
    void run(async () => {
      const back = `/sign-in?next=${encodeURIComponent(next)}`;
      const { url } = await request<{ url: string }>('/api/auth/sign-in/oauth2', {
        body: { providerId: oidc, callbackURL: next, errorCallbackURL: back },
      });
      goTo(url);
      return undefined;
    });

  return (
    <fieldset disabled={!useHydrated()} className="mt-6 grid min-w-0 gap-5">
      <form onSubmit={byPassword} className="grid gap-4">
        <TextField
          label={accountsText.email}
          type="email"
          autoComplete="username webauthn"
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={accountsText.password}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" variant="primary" aria-disabled={busy} className="min-h-12">
          {busy ? signIn.going : signIn.go}
        </Button>
      </form>
      <div className="grid gap-2.5">
        <Button onClick={byPasskey} aria-disabled={busy}>
          <KeyRound aria-hidden="true" className="size-5" />
          {signIn.passkey}
        </Button>
        {oidc && (
          <Button onClick={byProvider} aria-disabled={busy}>
            <Building2 aria-hidden="true" className="size-5" />
            {signIn.oidc}
          </Button>
        )}
      </div>
      {problem && <Notice tone="stop" urgent title={problem} className="mt-0" />}
    </fieldset>
  );
}
