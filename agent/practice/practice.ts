// Facts about the practice that the agents work for.
import { list, sentence } from '@/agent/scripted/phrases';
import { weekdayOf } from '@/agent/scripted/when';

const HOURS: Readonly<Record<string, readonly [from: string, to: string]>> = {
  monday: ['08:30', '18:00'],
  tuesday: ['08:30', '18:00'],
  wednesday: ['08:30', '18:00'],
  thursday: ['08:30', '18:00'],
  friday: ['08:30', '17:00'],
  saturday: ['09:00', '12:00'],
};
export const CLOSED: Readonly<Record<string, string>> = {
  '2026-12-25': 'Christmas Day',
  '2027-01-01': "New Year's Day",
};
/** Opening and closing time on a day (ISO date); undefined if closed. */
export const openOn = (day: string) => (day in CLOSED ? undefined : HOURS[weekdayOf(day)]);

export const ADDRESS = '14 Willow Street, Brookfield';

/** Dollars. The first service is for callers who just ask for an appointment. */
const PRICES = {
  "doctor's appointment": 80,
  'blood test': 45,
  vaccination: 60,
  'health check': 120,
} as const;
type Service = keyof typeof PRICES;
export const SERVICES = Object.keys(PRICES) as [Service, ...Service[]];

/** What callers and STT say for them. */
export const SERVICE_WORDS: Readonly<Partial<Record<Service, string>>> = {
  'blood test': 'blood work, blood tests, plot test, blood taste',
  vaccination: 'vaccine, vaccinations, jab, flu shot, shot',
  'health check': 'check up, checkup, health checks, help check',
};

/** What callers of the practice talk about. */
export const PRACTICE_WORDS =
  'appointment, book, cancel, doctor, dentist, message, address, opening, hours, front, desk, blood, test, check-up, cleaning, vaccination, vaccinations, flu, shot, prescription, referral, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, bill, billing, invoice, refund, payment, card';

/** Prices of the services named in a question, or of all. */
export function prices({ text }: { readonly text: string } = { text: '' }): string {
  const named = SERVICES.filter((service) => text.includes(service));
  const asked = named.length > 0 ? named : SERVICES;
  return sentence(`${list(asked.map((one) => `a ${one} costs ${PRICES[one]} dollars`))}.`);
}
