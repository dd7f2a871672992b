// The practice of the tests: its facts in a fixed time zone, and a clock that stands at Friday
// 20 November 2026, ten in the morning. Without the framework, which takes a second to load.
import { practice as facts } from '../../practice';
import type { Practice } from '../front-desk/facts';

export const practice: Practice = { ...facts, timeZone: 'America/New_York' };
/** Friday, 10:00 in the practice's zone. */
export const NOW = new Date('2026-11-20T15:00:00Z');
export const clock = { day: '2026-11-20', minute: 600 };
