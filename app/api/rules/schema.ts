import { z } from 'zod';
import { ruleList } from '@/lib/rules/rule';

/** Body of `PUT /api/rules`: all rules. */
export const rulesChange = z.strictObject({ rules: ruleList });
