// The pictures of the docs, and the texts of the pages in them. `npm run pictures` writes both. Tests fail when a page says
// something else than its picture: `scripts/pictures.test.ts`, and `isPictured` for what is new.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { expect, type Locator, type Page } from '@playwright/test';
import { escapeRegExp } from 'es-toolkit';
import { askApi, type Stack } from '@/e2e/support/stack';
import { messagesOf, NAMESPACES } from '@/lib/messages/testing/all-messages';

/** Words of agents and scenarios, which depend on the conversation. */
const SAID = ['catalogue', 'scenarios'];
/** Least letters that a message with arguments needs to be recognized. */
const LETTERS_MIN = 4;
/** What is at the top of a page in every state, unlike notices, panels and rows of data. */
const FIXED = 'nav, h1, legend, label, button';

/** A part of a page in pixels from its top. */
interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const pathOf = (name: string, extension: 'png' | 'txt') => `docs/pictures/${name}.${extension}`;

function patternOf(elements: readonly MessageFormatElement[]): string {
  const parts = elements.map((one) => {
    if (one.type === TYPE.literal) return escapeRegExp(one.value);
    if (one.type === TYPE.pound) return '[\\d.,]+';
    if (one.type === TYPE.tag) return patternOf(one.children);
    if (one.type !== TYPE.select && one.type !== TYPE.plural) return '.+';
    return `(?:${Object.values(one.options)
      .map(({ value }) => patternOf(value))
      .join('|')})`;
  });
  return parts.join('');
}

/** Letters that are in the message whatever its arguments are. */
const lettersIn = (elements: readonly MessageFormatElement[]): number =>
  elements.reduce((sum, one) => {
    if (one.type === TYPE.literal) return sum + (one.value.match(/\p{L}/gu)?.length ?? 0);
    if (one.type === TYPE.tag) return sum + lettersIn(one.children);
    if (one.type !== TYPE.select && one.type !== TYPE.plural) return sum;
    return sum + Math.min(...Object.values(one.options).map(({ value }) => lettersIn(value)));
  }, 0);

const messages = NAMESPACES.filter((name) => !SAID.includes(name))
  .flatMap((name) => messagesOf('en', name))
  .map(([, message]) => ({ message, elements: parse(message) }))
  .map(({ message, elements }) => ({
    message,
    letters: lettersIn(elements),
    pattern: new RegExp(`^${patternOf(elements)}$`),
  }))
  .toSorted((a, b) => b.letters - a.letters);
const whole = new Set(messages.flatMap(({ message }) => (message ? [message] : [])));

/** The message that a text of a page is, figures and names left out; undefined for what somebody said or wrote. */
const messageOf = (text: string): string | undefined =>
  whole.has(text)
    ? text
    : messages.find(({ letters, pattern }) => letters >= LETTERS_MIN && pattern.test(text))
        ?.message;

/** The messages that can be read in a part of the page. What is announced or said changes, and is left out. */
async function messagesIn(page: Page, part: Part, only = '*'): Promise<string[]> {
  const texts = await page.evaluate(
    ({ part: { x, y, width, height }, only: selector }) => {
      const isInPart = (box: DOMRect) => {
        const across = box.x + box.width / 2 + window.scrollX - x;
        const down = box.y + box.height / 2 + window.scrollY - y;
        return across > 0 && across < width && down > 0 && down < height;
      };
      const isShown = (element: Element) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        !element.closest('.sr-only, [role=status], [data-speaker]') &&
        element.closest(selector) !== null;
      const found: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const parent = node.parentElement;
        if (parent && isShown(parent) && isInPart(range.getBoundingClientRect())) {
          found.push(...(node.textContent ?? '').split(' · '));
        }
      }
      for (const field of document.querySelectorAll<HTMLInputElement>('[placeholder]')) {
        if (!field.value && isShown(field) && isInPart(field.getBoundingClientRect())) {
          found.push(field.placeholder);
        }
      }
      return found.map((text) => text.trim());
    },
    { part, only },
  );
  const found = texts.flatMap((text) => {
    const message = messageOf(text);
    return message === undefined ? text.split(/(?<=\.) /).map(messageOf) : [message];
  });
  return [...new Set(found.filter((one) => one !== undefined))].sort();
}

const viewOf = (page: Page): Promise<Part> =>
  page.evaluate(() => ({
    x: window.scrollX,
    y: window.scrollY,
    width: window.innerWidth,
    height: window.innerHeight,
  }));

/** Opens the page of the call that was requested last. */
export async function openNewestCall(page: Page, stack: Stack): Promise<void> {
  const { calls } = await (await askApi(stack, 'GET', 'calls')).json();
  await page.goto(new URL(`/calls/${calls[0].id}`, stack.web).href);
}

/**
 * Takes a picture into the docs, and writes the texts in it beside it.
 * @param what the visible part of the page, or an element
 */
export async function takePicture(what: Page | Locator, name: string): Promise<void> {
  await what.screenshot({ path: pathOf(name, 'png') });
  if (!('boundingBox' in what)) return write(what, name, await viewOf(what));
  const page = what.page();
  const { x, y } = await viewOf(page);
  const box = await what.boundingBox();
  if (box) await write(page, name, { ...box, x: box.x + x, y: box.y + y });
}

/** Takes a picture of a part of the whole page, which may be longer than the window. */
export async function takePart(page: Page, name: string, clip: Part): Promise<void> {
  await page.screenshot({ path: pathOf(name, 'png'), fullPage: true, clip });
  await write(page, name, clip);
}

async function write(page: Page, name: string, part: Part): Promise<void> {
  const shown = await messagesIn(page, part);
  expect(shown, `messages in the picture ${name}`).not.toEqual([]);
  writeFileSync(pathOf(name, 'txt'), `${shown.join('\n')}\n`);
}

/** The messages in a picture of the docs. */
const picturedIn = (name: string): string[] =>
  existsSync(pathOf(name, 'txt')) ? readFileSync(pathOf(name, 'txt'), 'utf8').split('\n') : [];

/** Checks that the window shows no title, control or link to a page that is not in the picture. */
export async function isPictured(page: Page, name: string): Promise<void> {
  const pictured = picturedIn(name);
  const added = async () => {
    const shown = await messagesIn(page, await viewOf(page), FIXED);
    return shown.filter((one) => !pictured.includes(one));
  };
  await expect.poll(added, `not in docs/pictures/${name}.png: npm run pictures`).toEqual([]);
}
