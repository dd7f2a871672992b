// The stage of a call: its controls can be seen in both themes, and it claims to hear only who is heard.
// biome-ignore lint/style/noRestrictedImports: the colors, which are the subject
import '@/app/globals.css';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallSession } from '@/components/call/session/call-session';
import type { MicState } from '@/components/call/session/microphone';
import type { AnotherAgent } from '@/components/call/session/silent-agent';
import { changeSettings } from '@/components/settings/settings-store';
import { StageOf, snapshot, testSession } from '@/components/testing/call';
import { answerWith, show } from '@/components/testing/show';
import { ApiError } from '@/components/ui/request';
import type { JoinCode } from '@/lib/call/join-state';
import type { Talk } from '@/lib/call/settings';

vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => '/',
}));

beforeEach(() => void answerWith(() => Response.json({})));
afterEach(() => {
  changeSettings({ talk: 'open' });
  document.documentElement.className = '';
  vi.unstubAllGlobals();
});

/** A color as the screen shows it, in linear light: red, green, blue. */
function channels(color: string): number[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colors, from 1 to 21 (WCAG). */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** What is painted behind an element. */
function groundOf(element: Element | null): string {
  if (!element) throw new Error('nothing is painted');
  const { backgroundColor } = getComputedStyle(element);
  return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(element.parentElement) : backgroundColor;
}

it.each(['light', 'dark'])('has buttons that stand out on the stage, theme %s', async (theme) => {
  document.documentElement.className = theme;
  const session = testSession();
  const call = snapshot(session, 'gave-up', { room: 'r' });
  const page = await show(<StageOf session={session} call={call} />, { rights: ['call'] });
  const button = page.getByRole('button', { name: 'Call Ada back' }).element();
  expect(contrast(groundOf(button), groundOf(button.parentElement))).toBeGreaterThan(3);
  for (const one of page.container.querySelectorAll(
    'button, h1, [role="status"], [role="alert"] *',
  )) {
    const ink = getComputedStyle(one).color;
    expect(contrast(ink, groundOf(one)), one.textContent ?? '').toBeGreaterThan(4.5);
  }
});

it.each<[string, Partial<MicState>, Talk, JoinCode?]>([
  ['Listening', { status: 'on' }, 'open'],
  ['Allow the microphone', { status: 'asking' }, 'open'],
  ['You are muted', { status: 'muted' }, 'open'],
  ['Hold to talk', { status: 'muted' }, 'push'],
  ['Listening', { status: 'on' }, 'push'],
  ['Your microphone is off', { status: 'off' }, 'text'],
  ['Your microphone is blocked', { status: 'problem', problem: 'blocked' }, 'open'],
  ['You have no microphone', { status: 'problem', problem: 'none' }, 'open'],
  // What it does is said as it is.
  ['Speaking', { status: 'muted' }, 'open', 'speaking'],
])(
  'says "%s" while the agent listens, with the microphone %o and talking by %s',
  async (said, mic, talk, code = 'listening') => {
    changeSettings({ talk });
    const session = testSession();
    const call = snapshot(session, code);
    const page = await show(<StageOf session={session} call={call} mic={mic} />);
    await expect.element(page.getByRole('status')).toHaveTextContent(said);
  },
);

it('names each of its buttons for the pointer too', async () => {
  const session = testSession();
  const call = snapshot(session, 'listening', { room: 'r' });
  const page = await show(<StageOf session={session} call={call} />, { rights: ['call'] });
  const buttons = [...page.container.querySelectorAll('fieldset button, fieldset select')];
  expect(buttons.map((one) => one.getAttribute('title'))).toEqual([
    'Mute',
    'Microphone',
    'Captions',
    'Keypad',
    'Invite a colleague',
    'End call',
  ]);
});

/** The notice about an agent that does not answer. */
const unanswered = (session: CallSession, anotherAgent: AnotherAgent) =>
  show(<StageOf session={session} call={snapshot(session, 'unanswered', { anotherAgent })} />);

it('offers another agent for one that does not answer', async () => {
  const session = testSession();
  const replaceAgent = vi.spyOn(session, 'replaceAgent').mockResolvedValue();
  const keepWaiting = vi.spyOn(session, 'keepWaiting');
  const page = await unanswered(session, 'offered');
  await expect.element(page.getByText('Ada has not answered')).toBeVisible();
  await page.getByRole('button', { name: 'Get another agent' }).click();
  expect(replaceAgent).toHaveBeenCalledOnce();
  await page.getByRole('button', { name: 'Keep waiting' }).click();
  expect(keepWaiting).toHaveBeenCalledOnce();
});

it.each<[AnotherAgent, RegExp, boolean]>([
  ['asking', /Getting another agent…/, false],
  [{ failed: new ApiError('unreachable', 0) }, /No other agent could be called\./, true],
  ['too-often', /keeps happening: Ada was replaced/, false],
  ['no', /Please say it again/, false],
])('says what came of it: %o', async (state, said, offered) => {
  const page = await unanswered(testSession(), state);
  await expect.element(page.getByText(said)).toBeVisible();
  const another = page.getByRole('button', { name: 'Get another agent' });
  expect(another.elements()).toHaveLength(offered ? 1 : 0);
  await expect.element(page.getByRole('button', { name: 'Start a new call' })).toBeVisible();
});
