import { expect, it } from 'vitest';
import { codeIn } from '@/lib/testing/docs';
import { SESSION_CODE } from './session-notice';

it('shows the code of docs/bring-your-agent.md', () => {
  const codes = ['python', 'ts'].flatMap((language) => codeIn('bring-your-agent.md', language));
  expect(codes.map((code) => code.trim())).toEqual(Object.values(SESSION_CODE));
});
