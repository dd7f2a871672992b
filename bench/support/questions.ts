// What callers ask the front desk: plain questions that stand alone and have a short answer.

export const QUESTIONS: readonly string[] = [
  'What is your address?',
  'When are you open on Monday?',
  'Is there any parking?',
  'Are you open on Saturday?',
];
