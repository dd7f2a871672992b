// Telephone: an agent calls a number.
import type { Feature } from '@/lib/startup/feature';
import { telephonyOperations } from './operations';

export const telephony = { operations: telephonyOperations } satisfies Feature;
