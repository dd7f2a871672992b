// The form of a rule.
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { draftOf } from '@/components/rules/draft';
import { RuleForm } from '@/components/rules/rule-form';
import { show } from '@/components/testing/show';
import { ApiError } from '@/components/ui/request';
import type { ListedAgent } from '@/lib/agents/agent';
import type { Rule } from '@/lib/rules/rule';

const agent = (
  name: string,
  person: string,
  deployments: ListedAgent['deployments'],
): ListedAgent => ({
  ...{ name, person, deployments, role: '', summary: '', source: 'code', public: false },
});
const AGENTS = [
  agent('front-desk', 'Ada', ['production', 'staging']),
  agent('billing', 'Milo', ['production']),
];

interface EditingProps {
  readonly saved: Rule | undefined;
  readonly onSave: (rule: Rule) => Promise<ApiError | undefined>;
}

function Editing({ saved, onSave }: EditingProps) {
  const [draft, setDraft] = useState(draftOf(AGENTS, saved));
  const props = { of: saved?.name, draft, onChange: setDraft, index: 1, saving: false, onSave };
  return <RuleForm {...props} onCancel={() => {}} />;
}

/** Shows the form of a new rule, or of the second of the rules. */
async function shown(saved?: Rule, problem?: ApiError) {
  const onSave = vi.fn(async (_: Rule) => problem);
  const form = await show(<Editing saved={saved} onSave={onSave} />, { agents: AGENTS });
  const save = () => form.getByRole('button', { name: 'Save rule' }).click();
  return { form, save, onSave };
}

const SAVED: Rule = {
  name: 'Gold callers',
  enabled: true,
  when: 'participant_joined',
  if: { room: 'support-*', attributes: { plan: 'gold' }, kind: ['sip'] },
  // biome-ignore lint/suspicious/noThenProperty: a field of rules; a rule is never awaited.
  then: {
    agent: 'front-desk',
    deployment: 'production',
    metadata: '{"topic":"support"}',
    share: { deployment: 'staging', percent: 5 },
  },
};

it('saves a rule as it was, if nothing is changed', async () => {
  const { save, onSave } = await shown(SAVED);
  await save();
  expect(onSave).toHaveBeenCalledWith(SAVED);
});

it('sends conditions only where something is entered', async () => {
  const { form, save, onSave } = await shown();
  await form.getByLabelText('Name', { exact: true }).fill(' Night ');
  await form.getByRole('radio', { name: 'A room starts' }).click();
  await form.getByLabelText('Room name').fill('night-*');
  await save();
  expect(onSave).toHaveBeenCalledWith({
    name: 'Night',
    enabled: true,
    when: 'room_started',
    if: { room: 'night-*' },
    // biome-ignore lint/suspicious/noThenProperty: a field of rules; a rule is never awaited.
    then: { agent: 'front-desk', deployment: 'production', metadata: '' },
  });
});

it('takes the first deployment of an agent that does not have the chosen one', async () => {
  const { form } = await shown();
  await form.getByLabelText('Deployment').selectOptions('staging');
  await form.getByRole('combobox', { name: 'Agent' }).selectOptions('billing');
  await expect.element(form.getByLabelText('Deployment')).toHaveValue('production');
});

it('names what is missing in an attribute, and saves nothing', async () => {
  const { form, save, onSave } = await shown(SAVED);
  await form.getByRole('button', { name: 'Add attribute' }).click();
  await save();
  const added = form.getByRole('textbox', { name: 'Attribute', exact: true }).nth(1);
  await expect.element(added).toHaveAccessibleDescription('Attribute must have a name.');
  await expect.element(added).toHaveFocus();
  await added.fill('plan');
  await save();
  await expect.element(added).toHaveAccessibleDescription('Attribute is used twice.');
  expect(onSave).not.toHaveBeenCalled();
});

/** What the server answers if these places of the rules are wrong. */
const invalid = (errors: Readonly<Record<string, string>>) =>
  new ApiError('invalid', 400, {
    status: 400,
    retryAfter: null,
    body: JSON.stringify({
      errors: Object.entries(errors).map(([place, detail]) => ({
        pointer: `#/rules/${place}`,
        detail,
      })),
    }),
  });

it('shows the errors of a new rule at their fields, and goes to the first one', async () => {
  const wrong = { '1/then/share/percent': 'must be 100 or less', '1/name': 'must not be empty' };
  const { form, save } = await shown(undefined, invalid(wrong));
  const percent = form.getByRole('spinbutton', { name: 'Percent of callers' });
  await percent.fill('101');
  await save();
  const name = form.getByLabelText('Name', { exact: true });
  await expect.element(name).toHaveAccessibleDescription(/Name must not be empty\./);
  await expect.element(name).toHaveFocus();
  await expect
    .element(percent)
    .toHaveAccessibleDescription('Percent of callers must be 100 or less.');
});

it('shows the errors of the server at their fields, and not those of other rules', async () => {
  const wrong = { '0/if/room': 'must not be empty', '1/if/attributes/plan': 'is too long' };
  const { form, save } = await shown(SAVED, invalid(wrong));
  await save();
  const value = form.getByRole('textbox', { name: 'Value' });
  await expect.element(value).toHaveAccessibleDescription('Value is too long.');
  await expect.element(form.getByLabelText('Room name')).toBeValid();
});
