import { expect, test } from 'vitest';
import { definePractice, type PracticeFacts } from './facts';
import { sayWeek } from './say';

const facts: PracticeFacts = {
  name: 'Test',
  address: 'Here',
  phone: '1',
  emergencyNumber: '112',
  hours: {
    monday: '08:30-12:30, 13:30-18:00',
    tuesday: '8:30-18:00',
    wednesday: 'closed',
    thursday: '8:30-18:00',
    friday: '8:30-18:00',
    saturday: 'closed',
    sunday: 'closed',
  },
  bookAheadDays: 30,
  services: [{ name: 'visit', minutes: 15 }],
  people: [{ name: 'Doctor A', role: 'doctor', days: ['monday'], services: ['visit'] }],
  billing: { waysToPay: ['in cash'], dueDays: 14, writeTo: 'the office', refunds: 'None.' },
};

test('hours become minutes, with a break in the day', () => {
  const practice = definePractice(facts);
  expect(practice.hours.monday).toEqual([
    { from: 510, to: 750 },
    { from: 810, to: 1_080 },
  ]);
  expect(sayWeek(practice.hours)[1]).toBe('We are closed on Wednesday and Saturday to Sunday.');
});

test('every mistake is told by where it is and what it must be', () => {
  const wrong = {
    ...facts,
    timeZone: 'Mars/Olympus',
    hours: { ...facts.hours, tuesday: '18:00-08:30' },
    closedOn: [{ date: '25.12.2026', why: 'Christmas Day' }],
    people: [{ name: 'A', role: 'doctor', days: ['monday'], services: ['surgery'] }],
    billing: { ...facts.billing, dueDays: 0 },
  } as PracticeFacts;
  expect(() => definePractice(wrong)).toThrow(/timeZone: must be a time zone/);
  expect(() => definePractice(wrong)).toThrow(
    /hours\.tuesday: "18:00-08:30" must be "closed" or hours/,
  );
  expect(() => definePractice(wrong)).toThrow(/closedOn\.0\.date: must be a date such as/);
  expect(() => definePractice(wrong)).toThrow(/billing\.dueDays: /);
  const stranger = {
    ...facts,
    people: wrong.people,
    billing: { ...facts.billing, prices: { surgery: '900 dollars' } },
  };
  expect(() => definePractice(stranger)).toThrow(
    /billing\.prices\.surgery: is not a service; there are visit/,
  );
  expect(() => definePractice(stranger)).toThrow(/people\.0\.services: "surgery" is not a service/);
  expect(() => definePractice(stranger)).toThrow(/services\.0: nobody gives "visit"/);
});
