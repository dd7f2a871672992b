// What the routes of rooms and their dispatches answer: schemas for the command line that reads it and for the API's
// description, and the types of what the server sends. LiveKit's field names.
import { z } from 'zod';
import { agentName, isoTime } from '@/lib/calls/api-schemas';

const room = {
  name: z.string(),
  sid: z.string(),
  created_at: isoTime,
  empty_timeout: z.int().meta({ description: 'Seconds until somebody joins.' }),
  departure_timeout: z.int().meta({ description: 'Seconds after the last participant left.' }),
  max_participants: z.int().meta({ description: '0: no limit.' }),
  metadata: z.string(),
};

/** `GET /api/rooms` */
export const roomsAnswer = z.object({
  rooms: z.array(
    z.object({
      ...room,
      participants: z.array(z.object({ identity: z.string(), name: z.string() })),
      agents: z.array(
        z.object({
          identity: z.string(),
          ...agentName,
          deployment: z.string().nullable(),
          worker: z.string().nullable(),
        }),
      ),
    }),
  ),
  total: z.int(),
});
export type RoomsAnswer = z.infer<typeof roomsAnswer>;

/** `POST /api/rooms` */
export const createdRoom = z.object({
  ...room,
  room: z.string().meta({ deprecated: true, description: 'The name of before 0.2: use name.' }),
  agents: z.array(
    z.object({
      ...agentName,
      deployment: z.string(),
      metadata: z.string(),
      dispatch_id: z.string(),
    }),
  ),
});
export type CreatedRoom = z.infer<typeof createdRoom>;

/** A dispatch and its jobs. */
export const dispatch = z
  .object({
    dispatch_id: z.string(),
    ...agentName,
    deployment: z.string(),
    metadata: z.string(),
    attributes: z.record(z.string(), z.string()),
    created_at: isoTime.nullable(),
    jobs: z.array(
      z.object({
        id: z.string(),
        state: z.string().meta({ description: 'What is the case.' }),
        reported: z.string().meta({ description: 'What LiveKit says.' }),
        worker: z.string().nullable(),
        worker_id: z.string().nullable(),
        identity: z.string().nullable(),
        started_at: isoTime.nullable(),
        ended_at: isoTime.nullable(),
        error: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Dispatch' });
export type DispatchView = z.infer<typeof dispatch>;

/** `GET /api/rooms/[room]/dispatches` */
export const dispatchesAnswer = z.object({ room: z.string(), dispatches: z.array(dispatch) });
export type DispatchesAnswer = z.infer<typeof dispatchesAnswer>;

/** `POST /api/dispatch-agent` and `/api/rooms/[room]/dispatches` */
export const sentAgent = z
  .object({
    success: z.boolean(),
    room: z.string(),
    message: z.string(),
    dispatch_id: z.string(),
    room_existed: z.boolean(),
  })
  .meta({ id: 'SentAgent' });
export type SentAgent = z.infer<typeof sentAgent>;
