// An appointment in the diary and a message that was taken, as store, routes and pages know them.

/** Who cancelled an appointment: the caller, in a call, or somebody on the page. */
export type CancelledBy = 'call' | 'hand';

/** An appointment. Day and time are those of the wall clock in `zone`. Times are milliseconds since 1970. */
export interface Booking {
  readonly id: string;
  /** Short enough to be read out. */
  readonly reference: string;
  /** Shown name: the diary it is in. */
  readonly deployment: string;
  /** ISO date. */
  readonly day: string;
  /** Minutes after midnight. */
  readonly minute: number;
  /** How long it takes. */
  readonly minutes: number;
  readonly service: string;
  /** With whom. */
  readonly person: string;
  /** Of the patient. */
  readonly name: string;
  readonly phone: string | undefined;
  /** IANA name. */
  readonly zone: string;
  /** Name and address of the practice. */
  readonly place: string | undefined;
  /** Id of the call it was last booked or moved in, while that call is kept. */
  readonly call: string | undefined;
  readonly bookedAt: number;
  readonly changedAt: number;
  /** Times it was moved or cancelled, as calendars count them. */
  readonly sequence: number;
  readonly cancelledAt: number | undefined;
  readonly cancelledBy: CancelledBy | undefined;
}

/** A message that somebody left. */
export interface Message {
  readonly id: string;
  readonly reference: string;
  /** Shown name. */
  readonly deployment: string;
  readonly text: string;
  /** Whom it is for. */
  readonly to: string | undefined;
  readonly from: string | undefined;
  readonly phone: string | undefined;
  /** Id of the call it was left in. */
  readonly call: string | undefined;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
}
