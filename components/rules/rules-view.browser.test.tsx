// The Rules page: by keyboard, and when somebody else has changed the rules.
import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { RulesView } from '@/components/rules/rules-view';
import { answerWith, problem, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import type { Rule } from '@/lib/rules/rule';

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production', 'staging'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};

const named = (name: string): Rule => ({
  ...{ name, enabled: true, when: 'room_started', if: {} },
  // biome-ignore lint/suspicious/noThenProperty: a field of rules; a rule is never awaited.
  then: { agent: 'front-desk', deployment: 'production', metadata: '' },
});

/** The rules of the server, which accepts a change only of their latest version. */
function serve(...first: Rule[]) {
  const saved = { etag: '"1"', rules: first as readonly Rule[] };
  const save = (rules: readonly Rule[]) =>
    Object.assign(saved, { etag: `"${Number(saved.etag.slice(1, -1)) + 1}"`, rules });
  answerWith(({ method, body, ifMatch }) => {
    if (method === 'PUT') {
      if (ifMatch !== saved.etag) return problem(412, 'The rules were changed.');
      save((body as { readonly rules: readonly Rule[] }).rules);
    }
    return Response.json(saved);
  });
  return { saved, save, names: () => saved.rules.map(({ name }) => name) };
}

const shown = (saved: { readonly etag: string; readonly rules: readonly Rule[] }) =>
  show(<RulesView first={{ ...saved }} address="http://127.0.0.1/hook" />, { agents: [ADA] });

it('creates, sorts, toggles and deletes rules with the keyboard only', async () => {
  const { saved, names } = serve();
  const page = await shown(saved);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const focus = (name: string) => (button(name).element() as HTMLElement).focus();
  focus('Add rule');
  for (const name of ['First', 'Second']) {
    await userEvent.keyboard(`{Enter}{Tab}${name}{Enter}`);
    await expect.element(button(`Edit: ${name}`)).toHaveFocus();
    focus('Add rule');
  }
  expect(names()).toEqual(['First', 'Second']);

  focus('Move up: Second');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Saved.')).toBeVisible();
  await expect.element(button('Move up: Second')).toHaveFocus();
  expect(names()).toEqual(['Second', 'First']);

  (page.getByRole('switch', { name: 'First' }).element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  await expect.element(page.getByText('Saved.')).toBeVisible();
  await expect.element(page.getByRole('switch', { name: 'First' })).not.toBeChecked();
  expect(saved.rules[1]?.enabled).toBe(false);

  focus('Delete: First');
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Cancel')).toHaveFocus();
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Enter}');
  await expect.element(button('Add rule')).toHaveFocus();
  await expect.poll(names).toEqual(['Second']);
});

it('neither loses nor hides what was saved elsewhere', async () => {
  const { saved, save, names } = serve();
  const page = await shown(saved);
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByLabelText('Name', { exact: true }).fill('Mine');
  save([named('Theirs')]);
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect.element(page.getByText('The rules were changed elsewhere')).toBeVisible();
  expect(names()).toEqual(['Theirs']);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect.element(page.getByRole('switch', { name: 'Theirs' })).toBeVisible();
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect.poll(names).toEqual(['Theirs', 'Mine']);
});
