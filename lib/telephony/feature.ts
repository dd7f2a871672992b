// Telephone: an agent calls a number.
import type { Feature } from '@/lib/startup/feature';
import { telephonyOperations } from '@/lib/telephony/operations';

export const telephony = { operations: telephonyOperations } satisfies Feature;
