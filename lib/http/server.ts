// What requests need of the web process (`lib/server.ts`).

/** A process that receives requests. */
export interface RequestServer {
  /** Bytes of all bodies that are being read. */
  readonly bodies: { bytes: number };
  /** Responses and connections that stay open. */
  readonly openStreams: {
    /** Functions that close each of them. */
    readonly close: Set<() => void>;
    /** Whether they are being closed, because the process stops. */
    stopping: boolean;
  };
}
