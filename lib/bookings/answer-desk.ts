// Answers what a worker asks of the desk, out of the database.
import type { DeskRequest } from './desk';
import { book, cancelInCall } from './store/change-diary';
import { heldBy, takenBetween } from './store/read-desk';

/** The answer, in the shape of `deskAnswer`. @throws {Problem} 503 where the database is away */
export async function answerDesk(asked: DeskRequest): Promise<object> {
  switch (asked.ask) {
    case 'taken':
      return { taken: await takenBetween(asked.deployment, asked.from, asked.to) };
    case 'find':
      return { found: await heldBy(asked.deployment, asked.day, asked.name) };
    case 'book':
      return { booking: await book(asked) };
    case 'cancel':
      return { cancelled: await cancelInCall(asked) };
  }
}
