// The texts of the page of the agents, in every language. What one of them lacks is a type error here.
import type { Texts } from '@/lib/core/language';
import * as de from './de-agents';
import * as en from './en-agents';

export const agentsTexts: Texts<typeof en> = { en, de };
