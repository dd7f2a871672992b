// Where workers ask for the diary: what is free, book, move, cancel.
import { answerDesk } from '@/lib/bookings/answer-desk';
import { deskRequest } from '@/lib/bookings/desk';
import { parseJson } from '@/lib/read-json';
import { json, routes } from '@/lib/route';
import { readSignedBody } from '@/lib/signed-body';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) =>
    json(await answerDesk(parseJson(await readSignedBody('desk', request), deskRequest))),
});
