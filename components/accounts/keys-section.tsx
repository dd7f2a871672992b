'use client';
// The user's API keys: created with some of their permissions, shown once, deleted.
import { type FormEvent, useState } from 'react';
import { useLocale, useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Choice, FieldGroup, TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import type { KeyView } from '@/lib/auth/keys';
import { KEY_PERMISSIONS } from '@/lib/auth/permissions';
import { accountsMessages } from '@/lib/messages/accounts';
import { type AccountsProblem, ask } from './accounts-client';
import { CopyLine } from './copy-line';
import { Section } from './section';
import { useVisitor } from './visitor';

const PATH = '/api/account/keys';

export function KeysSection({ first }: { readonly first: readonly KeyView[] }) {
  const { accountsText } = useMessages(accountsMessages);
  const { keys: words } = accountsText;
  const locale = useLocale();
  const { rights } = useVisitor();
  const [keys, setKeys] = useState(first);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [made, setMade] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const change = async (work: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem((error as AccountsProblem).message || accountsText.signIn.failed);
    }
    const now = await ask<{ keys: readonly KeyView[] }>('GET', PATH).catch(() => undefined);
    if (now) setKeys(now.keys);
  };
  const make = (event: FormEvent) => {
    event.preventDefault();
    void change(async () => {
      const { key } = await ask<{ key: string }>('POST', PATH, { name, rights: chosen });
      setMade(key);
      setName('');
      setChosen([]);
    });
  };
  return (
    <Section title={words.title} lead={words.lead}>
      {keys.length === 0 && <p className="text-[15px] text-soft">{words.none}</p>}
      <ul className="grid gap-2 empty:hidden">
        {keys.map((key) => (
          <li
            key={key.id}
            className="flex flex-wrap items-center justify-between gap-3 text-[15px]"
          >
            <span className="min-w-0">
              <span className="block font-semibold">
                {key.name} <code className="font-normal text-[14px] text-soft">{key.start}…</code>
              </span>
              <span className="block text-[14px] text-soft">
                {key.rights
                  .map((right) => words.right[right as keyof typeof words.right] ?? right)
                  .join(', ')}{' '}
                ·{' '}
                {key.used_at
                  ? words.used(new Date(key.used_at).toLocaleDateString(locale))
                  : words.unused}
              </span>
            </span>
            <Button
              aria-label={`${words.remove}: ${key.name}`}
              onClick={() => void change(() => ask('DELETE', `${PATH}/${key.id}`))}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      {made && <CopyLine label={words.once} value={made} />}
      <form onSubmit={make} className="grid gap-4">
        <TextField label={words.name} value={name} onChange={setName} />
        <FieldGroup title={words.rights} small>
          <div className="flex flex-wrap gap-2">
            {KEY_PERMISSIONS.filter((right) => rights.includes(right)).map((right) => (
              <Choice
                key={right}
                type="checkbox"
                label={words.right[right]}
                checked={chosen.includes(right)}
                onChange={({ target }) =>
                  setChosen(
                    target.checked ? [...chosen, right] : chosen.filter((one) => one !== right),
                  )
                }
              />
            ))}
          </div>
        </FieldGroup>
        <div>
          <Button type="submit">{words.go}</Button>
        </div>
      </form>
      {problem && <Notice tone="stop" urgent title={problem} className="mt-0" />}
    </Section>
  );
}
