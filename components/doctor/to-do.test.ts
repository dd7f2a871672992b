// The list of things to do: the worst first, each once.
import { expect, it } from 'vitest';
import { tasksOf } from '@/components/doctor/to-do';
import type { Finding } from '@/lib/core/finding';

const found = (id: string, state: Finding['state'], todo: string): Finding => ({
  id,
  title: id,
  state,
  seen: 'Seen.',
  matters: '',
  todo,
});

it('lists the worst first, each once, and skips passed checks', () => {
  const tasks = tasksOf([
    found('a', 'unknown', 'Ask.'),
    found('b', 'warn', 'Look.'),
    found('c', 'ok', ''),
    found('d', 'fail', 'Mend.'),
    found('e', 'fail', 'Look.'),
  ]);
  expect(tasks.map(({ todo, findings }) => [todo, findings.map(({ id }) => id)])).toEqual([
    ['Mend.', ['d']],
    ['Look.', ['e', 'b']],
    ['Ask.', ['a']],
  ]);
  expect(tasksOf([found('c', 'ok', '')])).toEqual([]);
});
