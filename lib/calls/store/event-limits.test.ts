// The limits on a call's events: what is stored, and when a long call is folded.
import { describe, expect, it } from 'vitest';
import { EVENTS_MAX } from '@/lib/calls/event';
import type { PlacedEvent } from '@/lib/calls/store/call-row';
import { mayWait, withinLimit } from '@/lib/calls/store/event-limits';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { eventAt, T0, usualCall } from '@/lib/testing/call-events';

const placed = usualCall().map((event): PlacedEvent => ({ ...event, call: 'c1' }));
const ofKind = (kind: string) => placed.find(({ what }) => what.kind === kind) as PlacedEvent;
const [turn, ended] = [ofKind('turn'), ofKind('room_finished')];
const times = (count: number, event: PlacedEvent) =>
  Array.from({ length: count }, (_, n) => ({ ...event, id: `${event.id}-${n}` }));
const summary = foldCall(placed.slice(0, 8)).call;
const stored = (count: number) => new Map([['c1', { summary, count, foldedAt: T0 }]]);
const kinds = (events: readonly PlacedEvent[]) => events.map(({ what }) => what.kind);

describe('what is stored', () => {
  it('is everything of a usual call', () => {
    expect(withinLimit(placed, stored(100))).toEqual(placed);
  });

  it('is limited, once with a note, and the end is always stored', () => {
    const last = withinLimit([...times(10, turn), ended], stored(EVENTS_MAX - 2));
    expect(kinds(last)).toEqual(['turn', 'turn', 'error', 'room_finished']);
    expect(kinds(withinLimit([...times(10, turn), ended], stored(EVENTS_MAX + 1)))).toEqual([
      'room_finished',
    ]);
    expect(kinds(withinLimit([ofKind('dispatched'), ended], stored(2 * EVENTS_MAX)))).toEqual([
      'room_finished',
    ]);
  });

  it('is limited for each call', () => {
    const other = times(10, { ...turn, call: 'c2' });
    expect(withinLimit([...times(10, turn), ...other], stored(EVENTS_MAX + 1))).toEqual(other);
  });
});

describe('a long call is folded', () => {
  const wait = (count: number, arrivedAt: number, added = [turn], before = summary) =>
    mayWait(
      added.map((event) => ({ ...event, arrivedAt })),
      { summary: before, count, foldedAt: T0 },
    );

  it('the less often, the longer it is', () => {
    expect(summary.endedAt).toBeUndefined();
    expect(wait(100, T0)).toBe(false);
    expect(wait(1_000, T0 + 1_999)).toBe(true);
    expect(wait(1_000, T0 + 2_000)).toBe(false);
    expect(wait(5_000, T0 + 2_000)).toBe(true);
  });

  it('at once when it ends, and afterwards', () => {
    expect(wait(5_000, T0, [turn, ended])).toBe(false);
    expect(wait(5_000, T0, [turn], { ...summary, endedAt: T0 })).toBe(false);
    expect(
      wait(5_000, T0, [{ ...turn, what: eventAt('ended', 0, { why: 'caller-left' }).what }]),
    ).toBe(false);
  });
});
