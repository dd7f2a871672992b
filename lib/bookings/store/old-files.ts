// The diary as it was kept before the database: files of JSON lines, one folder for each deployment.
// Pure: what of their lines holds. A line that cannot be read spoils nothing but itself.
import { z } from 'zod';
import { overlaps } from '../rules';

const bookingLine = z.object({
  type: z.literal('booking'),
  reference: z.string(),
  day: z.string(),
  minute: z.number(),
  minutes: z.number(),
  service: z.string(),
  person: z.string(),
  name: z.string(),
  replaces: z.string().optional(),
  made: z.iso.datetime(),
});
const cancelLine = z.object({ type: z.literal('cancel'), reference: z.string() });
const line = z.discriminatedUnion('type', [bookingLine, cancelLine]);
const messageLine = z.object({
  reference: z.string(),
  text: z.string(),
  for: z.string().optional(),
  from: z.string().optional(),
  phone: z.string().optional(),
  taken: z.iso.datetime(),
});

type OldBooking = z.infer<typeof bookingLine>;

function linesOf<T extends z.ZodType>(text: string, schema: T): z.output<T>[] {
  return text.split('\n').flatMap((row) => {
    try {
      const { success, data } = schema.safeParse(JSON.parse(row));
      return success ? [data] : [];
    } catch {
      return [];
    }
  });
}

/** The appointments that hold: of two that collide, the one that stands first. */
export function heldIn(text: string): readonly OldBooking[] {
  let held: OldBooking[] = [];
  for (const entry of linesOf(text, line)) {
    if (entry.type === 'cancel') {
      held = held.filter(({ reference }) => reference !== entry.reference);
      continue;
    }
    const others = held.filter(({ reference }) => reference !== entry.replaces);
    if (!others.some((other) => overlaps(other, entry))) held = [...others, entry];
  }
  return held;
}

/** The messages. */
export const messagesIn = (text: string) => linesOf(text, messageLine);
