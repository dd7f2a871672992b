// A desk in memory for the tests of who uses one: the rules are the database's own.
import { randomUUID } from 'node:crypto';
import {
  type Booked,
  type Desk,
  DeskAway,
  type DeskRequest,
  type NewMessage,
  referenceOf,
  type Wish,
} from '../bookings/desk';
import { decide, type Taken } from '../bookings/rules';
import { isSameName } from '../bookings/same-name';

/** One diary. Calls that share it share its appointments. */
export class MemoryDesk implements Desk {
  /** Whether the diary cannot be reached. */
  away = false;
  readonly messages: (NewMessage & { readonly reference: string })[] = [];
  #held: readonly Booked[] = [];

  /** All that holds. */
  async bookings(): Promise<readonly Booked[]> {
    return this.#held;
  }

  async taken(from: string, to: string): Promise<readonly Taken[]> {
    this.#reach();
    return this.#held.filter(({ day }) => day >= from && day <= to);
  }

  async find(day: string, name: string): Promise<readonly Booked[]> {
    this.#reach();
    return this.#held.filter((one) => one.day === day && isSameName(one.name, name));
  }

  async book({ people, replaces, ...wish }: Wish): Promise<Booked | undefined> {
    this.#reach();
    const decision = decide(this.#held, { ...wish, people, replaces });
    if (decision.is === 'taken') return undefined;
    if (decision.is === 'theirs') return decision.held;
    const before = this.#held.find(({ reference }) => reference === replaces);
    const { day, minute, minutes, service, name } = wish;
    const reference = before?.reference ?? referenceOf(randomUUID());
    const { person } = decision;
    const booked = { reference, day, minute, minutes, service, person, name };
    this.#held = [...this.#held.filter((one) => one !== before), booked];
    return booked;
  }

  async cancel(reference: string): Promise<boolean> {
    this.#reach();
    const left = this.#held.filter((one) => one.reference !== reference);
    const found = left.length < this.#held.length;
    this.#held = left;
    return found;
  }

  takeMessage(message: NewMessage): string {
    const reference = referenceOf(randomUUID());
    this.messages.push({ ...message, reference });
    return reference;
  }

  /** What a worker asks, answered as the web process does. */
  async answer(asked: DeskRequest): Promise<object> {
    switch (asked.ask) {
      case 'taken':
        return { taken: await this.taken(asked.from, asked.to) };
      case 'find':
        return { found: await this.find(asked.day, asked.name) };
      case 'book':
        return { booking: await this.book(asked.wish) };
      case 'cancel':
        return { cancelled: await this.cancel(asked.reference) };
    }
  }

  #reach(): void {
    if (this.away) throw new DeskAway('The diary cannot be reached.');
  }
}
