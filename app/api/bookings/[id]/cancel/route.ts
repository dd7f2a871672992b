// Cancels an appointment by hand.
import { cancelByHand } from '@/lib/bookings/store/change-diary';
import { readBooking } from '@/lib/bookings/store/read-desk';
import { toWire } from '@/lib/calls/view/wire';
import { json, requireOwnOrigin, routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { id = '' }) => {
    requireOwnOrigin(request);
    await cancelByHand(id);
    return json(toWire(await readBooking(id)));
  },
});
