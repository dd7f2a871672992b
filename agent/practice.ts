// What Ada and Frank both know of the practice they answer for.
import { list, sentence } from './scripted/phrases';

export const ADDRESS = '14 Willow Street, Brookfield';

/** Dollars. The first service is what callers get who just ask for an appointment. */
const PRICES = {
  "doctor's appointment": 80,
  'blood test': 45,
  vaccination: 60,
  'health check': 120,
} as const;
type Service = keyof typeof PRICES;
export const SERVICES = Object.keys(PRICES) as [Service, ...Service[]];

/** What callers and speech recognisers say for them. */
export const SERVICE_WORDS: Readonly<Partial<Record<Service, string>>> = {
  'blood test': 'blood work, blood tests, plot test, blood taste',
  vaccination: 'vaccine, vaccinations, jab, flu shot, shot',
  'health check': 'check up, checkup, health checks, help check',
};

/** What the services cost that are named in a question, or all of them. */
export function prices({ text }: { readonly text: string } = { text: '' }): string {
  const named = SERVICES.filter((service) => text.includes(service));
  const asked = named.length > 0 ? named : SERVICES;
  return sentence(`${list(asked.map((one) => `a ${one} costs ${PRICES[one]} dollars`))}.`);
}
