// Cancels an appointment by hand.
import { cancelByHand } from '@/lib/bookings/store/change-diary';
import { readBooking } from '@/lib/bookings/store/read-desk';
import { toWire } from '@/lib/calls/view/wire';
import { json, routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (_, { id = '' }) => {
    await cancelByHand(id);
    return json(toWire(await readBooking(id)));
  },
});
