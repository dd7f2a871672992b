import { expect, it } from 'vitest';
import { SESSION_CODE } from '@/components/agents/session-notice';
import { codeIn } from '@/lib/testing/docs';

it('shows the code of docs/bring-your-agent.md', () => {
  const codes = ['python', 'ts'].flatMap((language) => codeIn('bring-your-agent.md', language));
  const shown = codes.map((code) => code.trim());
  for (const code of Object.values(SESSION_CODE)) expect(shown).toContain(code);
});
