import { expect, test } from 'vitest';
import { HANDED_OVER } from '../testing/briefs';
import { billingGreeting } from './greeting';

const greeting = (summary: string, caller: string | undefined = undefined) =>
  billingGreeting('Frank', { ...HANDED_OVER, summary, caller });

test('it knows who calls, from whom, and why', () => {
  expect(billingGreeting('Frank', HANDED_OVER)).toBe(
    'This is Frank, from billing. Ada tells me you have a question about a bill, Margaret. What would you like to know?',
  );
});

test.each([
  ['Wants to know about invoice number 1042.', 'a question about invoice 1 0 4 2.'],
  ['Was charged twice for one bill.', 'a question about a refund.'],
  ['Asks whether a bill can be paid by installments.', 'a question about paying in parts.'],
  [
    'The caller has a question for billing. Their words: Can I talk to billing?',
    'a question for us.',
  ],
  ['', 'a question for us.'],
])('of "%s" it makes %s', (summary, words) => {
  expect(greeting(summary)).toContain(`Ada tells me you have ${words} What`);
});

test('called back, it says that it is there again', () => {
  expect(billingGreeting('Frank', { kind: 'callback' })).toBe("I'm back. What can I do for you?");
});
