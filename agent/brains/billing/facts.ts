// What the practice's facts say about bills: a section of agent/practice.ts.
import { z } from 'zod';

export const billingFacts = z.object({
  /** Ways to pay, each as it goes on from "You can pay": "by card at the desk". */
  waysToPay: z.array(z.string().min(1)).min(1, 'needs at least one way to pay'),
  /** Days from the date of a bill until it has to be paid. */
  dueDays: z.number().int().min(1).max(365),
  /** Name of a service → its price in words: "45 dollars". A service may be without. */
  prices: z.record(z.string(), z.string().min(1)).default({}),
  /** As it goes on from "You can write to". */
  writeTo: z.string().min(1),
  /** How money comes back, as a sentence. */
  refunds: z.string().min(1),
  /** How a bill can be paid in parts, as a sentence; left out where it cannot. */
  paymentPlan: z.string().min(1).optional(),
});
