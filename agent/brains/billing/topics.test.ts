import { expect, test } from 'vitest';
import { billingTopic, readInvoice } from './topics';

test.each([
  ['What did I tell Ada?', 'told'],
  ['what did i tell either', 'told'],
  ['Do you know why I am calling?', 'told'],
  ['What did Ada tell you?', 'told'],
  ['Who are you?', 'identity'],
  ['Can I pay in installments?', 'plan'],
  ["I can't pay it at once", 'plan'],
  ['Can I have my money back?', 'refund'],
  ['I was charged twice', 'refund'],
  ['I need a receipt', 'copy'],
  ['Can you send me a copy of the invoice?', 'copy'],
  ['When is my bill due?', 'due'],
  ['when is my bill do', 'due'],
  ['One is my bill-doo.', 'due'],
  ['One do I have to pay.', 'due'],
  ['When do I have to pay?', 'due'],
  ['How long do I have to pay?', 'due'],
  ['How much is my bill?', 'bill'],
  ['I have a question about my bill.', 'bill'],
  ['It is about invoice 1042', 'bill'],
  ['My payment has not arrived', 'bill'],
  ['How can I pay?', 'pay'],
  ['Do you take credit cards?', 'pay'],
  ['Can I pay my bill by bank transfer?', 'pay'],
  ['How much is a blood test?', 'price'],
  ['How much do I have to pay for a vaccination?', 'price'],
  ['What does a health check cost?', 'price'],
  ['Where can I write to?', 'writeTo'],
  ['What are your opening hours?', undefined],
  ["I'd like to speak to someone about billing", undefined],
  ['Yes.', undefined],
])('%s → %s', (text, topic) => {
  expect(billingTopic(text)).toBe(topic);
});

test.each([
  ['Invoice 1042', false, '1042'],
  ['My voice number is one, zero, four, two.', false, '1042'],
  ['It is about in voice, number five, five, two.', false, '552'],
  ['my invoice number is one zero four two', false, '1042'],
  ['invoice number ten forty two', false, '1042'],
  ['the bill is 55 019', false, '55019'],
  ["It's 1042.", false, undefined],
  ["It's 1042.", true, '1042'],
  ['one oh four two', true, '1042'],
  ['my bill is 120 dollars', false, undefined],
  ['my bill is $120', false, undefined],
  ['my bill number 1042 is 120 dollars', false, '1042'],
  ["I don't have it", true, undefined],
])('the invoice in "%s" (asked for: %s) is %s', (text, asked, digits) => {
  expect(readInvoice(text, asked)).toBe(digits);
});
