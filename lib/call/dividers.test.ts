// Observations of a room, and the dividers reported for each.
import { expect, test } from 'vitest';
import { type Divider, NO_DIVIDERS, nextDividers } from '@/lib/call/dividers';
import type { Present } from '@/lib/call/present';

const one = (name: string, kind: Present['kind'], more: Partial<Present> = {}): Present => ({
  identity: name,
  kind,
  name,
  role: '',
  agent: undefined,
  deployment: undefined,
  waiting: false,
  waited: false,
  leaving: undefined,
  joinedAt: 0,
  speaking: false,
  ...more,
});
const ada = one('Ada', 'agent', { joinedAt: 1 });
const frank = one('Frank', 'agent', { joinedAt: 2 });
const ada2 = one('Ada', 'agent', { identity: 'Ada2', joinedAt: 3 });
const margaret = one('Margaret', 'colleague');
const as = (who: Present, more: Partial<Present>) => ({ ...who, ...more });

/** The participants; `first` after a reconnection; `lost` are agents known to be lost. */
type Look =
  | readonly Present[]
  | { readonly first: readonly Present[]; readonly lost?: readonly Present[] }
  | { readonly here: readonly Present[]; readonly lost: readonly Present[] };

/** The dividers after all observations of a call; the first is as after a reconnection. */
function dividersAfter(...looks: readonly Look[]): string[] {
  const words = (divider: Divider) =>
    divider.what === 'handoff'
      ? `${divider.from} → ${divider.to}`
      : 'name' in divider
        ? `${divider.name} ${divider.what}`
        : divider.what;
  let before = NO_DIVIDERS;
  const lines = new Map<number, string>();
  looks.forEach((look, at) => {
    const isFirst = 'first' in look;
    const here = isFirst ? look.first : 'here' in look ? look.here : look;
    const lost = new Set('lost' in look ? look.lost?.map(({ identity }) => identity) : []);
    const { after, dividers } = nextDividers(before, here, isFirst || at === 0, lost);
    before = after;
    for (const { id, divider } of dividers) lines.set(id, words(divider));
  });
  return [...lines.values()];
}

test.each<[string, Look[], string[]]>([
  ['the first agent is not reported', [[], [ada]], []],
  [
    'who is there at the first look is no news',
    [
      [ada, margaret],
      [ada, margaret],
    ],
    [],
  ],
  [
    'a colleague comes and goes',
    [[], [ada], [ada, margaret], [ada]],
    ['Margaret joined', 'Margaret left'],
  ],
  [
    'the agent makes way, and is called back',
    [
      [],
      [ada],
      [ada, margaret],
      [as(ada, { leaving: 'takeover' }), margaret],
      [margaret],
      [margaret, ada2],
    ],
    ['Margaret joined', 'Ada left', 'Ada joined'],
  ],
  [
    'a handoff: shown when the call passes on, not when the other agent joins or the first leaves',
    [
      [],
      [ada],
      [ada, as(frank, { waiting: true })],
      [as(ada, { leaving: 'handoff' }), as(frank, { waiting: true })],
      [as(ada, { leaving: 'handoff' }), frank],
      [frank],
    ],
    ['Ada → Frank'],
  ],
  [
    'a handoff whose first agent is gone before the other speaks',
    [
      [],
      [ada],
      [as(ada, { leaving: 'handoff' }), as(frank, { waiting: true })],
      [as(frank, { waiting: true })],
      [frank],
    ],
    ['Ada → Frank'],
  ],
  [
    'a handoff seen only once the first is gone',
    [[], [ada], [as(ada, { leaving: 'handoff' }), as(frank, { waiting: true })], [frank]],
    ['Ada → Frank'],
  ],
  [
    'an agent that does not say why it leaves, to one that has waited for it',
    [[], [ada], [ada, as(frank, { waiting: true })], [as(frank, { waiting: true })], [frank]],
    ['Ada → Frank'],
  ],
  [
    'the same, removed on request',
    [
      [],
      [ada],
      [as(ada, { leaving: 'shutdown' }), as(frank, { waiting: true })],
      [as(ada, { leaving: 'shutdown' }), frank],
      [frank],
    ],
    ['Ada → Frank'],
  ],
  [
    'one that is lost hands nothing off, even to one that has waited',
    [
      [],
      [ada],
      [ada, as(frank, { waiting: true })],
      { here: [as(frank, { waiting: true })], lost: [ada] },
      [frank],
    ],
    ['Ada lost', 'Frank joined'],
  ],
  [
    'to one that LiveKit tells of once the first is gone',
    [[], [ada], [], [as(frank, { waited: true })]],
    ['Ada → Frank'],
  ],
  [
    'the same, while it still waits',
    [[], [ada], [], [as(frank, { waiting: true })], [as(frank, { waited: true })]],
    ['Ada → Frank'],
  ],
  [
    'the same, to one that waited for an agent that was lost',
    [[], [ada], { here: [], lost: [ada] }, [as(frank, { waited: true })]],
    ['Ada lost', 'Frank joined'],
  ],
  [
    'the same, beside an agent that stays',
    [[], [ada], [ada, ada2], [ada2], [ada2, as(frank, { waited: true })]],
    ['Ada joined', 'Ada left', 'Frank joined'],
  ],
  [
    'one that has waited in vain, and spoke beside the other',
    [[], [ada], [ada, as(frank, { waiting: true })], [ada, frank], [frank]],
    ['Frank joined', 'Ada left'],
  ],
  [
    'to an agent that does not wait: one line',
    [[], [ada], [ada, frank], [as(ada, { leaving: 'handoff' }), frank], [frank]],
    ['Ada → Frank'],
  ],
  ['one that joined in vain', [[], [ada], [ada, as(frank, { waiting: true })], [ada]], []],
  ['two agents at once', [[], [ada], [ada, frank], [frank]], ['Frank joined', 'Ada left']],
  ['a goodbye ends the call', [[], [ada], [as(ada, { leaving: 'goodbye' })], []], []],
  [
    'a goodbye among people',
    [[ada, margaret], [as(ada, { leaving: 'goodbye' }), margaret], [margaret]],
    ['Ada left'],
  ],
  ['removed by somebody', [[], [ada], []], ['Ada left']],
  ['a crash', [[], [ada], { here: [], lost: [ada] }], ['Ada lost']],
  [
    'another one of the same name comes in its place',
    [[], [ada], { here: [], lost: [ada] }, { here: [ada2], lost: [ada] }],
    ['Ada lost', 'Ada back'],
  ],
  [
    'lost twice, and then nobody came',
    [[], [ada], { here: [], lost: [ada] }, [ada2], { here: [], lost: [ada, ada2] }, []],
    ['Ada lost', 'Ada back', 'Ada lost'],
  ],
  [
    'that it was lost is known only once it is gone: said in place of that it left',
    [[], [ada], [], { here: [], lost: [ada] }, { here: [ada2], lost: [ada] }],
    ['Ada lost', 'Ada back'],
  ],
  [
    'both for a moment: the first one is shown as lost when that is known, and not again as it leaves',
    [[], [ada], [ada, ada2], { here: [ada2], lost: [ada] }, [ada2]],
    ['Ada joined', 'Ada lost'],
  ],
  [
    'it was not lost after all',
    [[], [ada], { here: [], lost: [ada] }, [ada], []],
    ['Ada lost', 'Ada back', 'Ada left'],
  ],
  [
    'another agent is not the one that was lost',
    [[], [ada], { here: [], lost: [ada] }, [frank]],
    ['Ada lost', 'Frank joined'],
  ],
  [
    'back after a reconnection',
    [[], [ada], { here: [], lost: [ada] }, { first: [ada2] }],
    ['Ada lost', 'Ada back'],
  ],
  ['a reconnection, with everybody back', [[], [ada], { first: [ada] }], []],
  ['a reconnection, with the agent back later', [[], [ada], { first: [] }, [ada]], []],
  [
    'the same identity again',
    [[ada, margaret], [ada], [ada, margaret]],
    ['Margaret left', 'Margaret joined'],
  ],
])('%s', (_what, looks, lines) => {
  expect(dividersAfter(...looks)).toEqual(lines);
});
