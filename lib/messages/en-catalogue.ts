// What an agent is and does, as its entry in the catalogue says it, which is in English.
import type { CatalogueAgent } from '@/lib/core/catalogue';

/** What the person is, in two words. */
export const roleOf = ({ role }: CatalogueAgent): string => role;
/** One line for callers: what it does. */
export const summaryOf = ({ summary }: CatalogueAgent): string => summary;
/** What its worker tells: the title of a tool, and what failed while the call goes on. */
export const toldBy = (words: string): string => words;
