// What an agent is and does, as its entry in the catalogue says it, which is in English.
import type { CatalogueAgent } from '../catalogue';

/** What the person is, in two words. */
export const roleOf = ({ role }: CatalogueAgent): string => role;
/** One line for callers: what it does. */
export const summaryOf = ({ summary }: CatalogueAgent): string => summary;
