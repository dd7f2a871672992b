// How Ada greets in German; the English greetings are the agent's.

/** Said to whoever calls the practice of that name. */
export const GREETING = (practice: string) =>
  `${practice}, hier ist Ada. Was kann ich für Sie tun?`;

/** Said to a caller whom a colleague hands back. */
export const GREETING_BACK_AT_DESK = 'Hier ist Ada, am Empfang. Was kann ich für Sie tun?';
