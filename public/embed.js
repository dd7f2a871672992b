// @ts-check
// The bubble that puts a call on any site: `<script src="…/embed.js" data-agent="front-desk" async>`.
// It is sent to other sites' visitors as it stands here, and so is plain, small and without packages; the
// call itself is a page of this server in a frame (`/embed`), loaded when the bubble is first pressed.
(() => {
  /** The only words outside the frame, and so the only ones that are not in lib/messages. */
  const TEXTS = {
    en: {
      call: 'Call us',
      live: 'Back to the call',
      close: 'Close',
      failed: 'The call cannot be shown on this page.',
    },
    de: {
      call: 'Rufen Sie uns an',
      live: 'Zurück zum Gespräch',
      close: 'Schließen',
      failed: 'Das Gespräch kann auf dieser Seite nicht gezeigt werden.',
    },
  };
  /** Milliseconds the frame has to wake after it was loaded. Our own choice: a slow phone takes three. */
  const WAKE_MS = 8_000;

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { agent = '', color = '', label, position, language } = script.dataset;
  const server = new URL(script.src).origin;
  const asked = (language || document.documentElement.lang).toLowerCase().split('-')[0];
  const text = asked === 'de' ? TEXTS.de : TEXTS.en;
  const tint = /^#[\da-f]{6}$/i.test(color) ? color : '#12c67a';
  if (!agent) console.error('Callboard: the script tag of embed.js needs data-agent.');
  if (color && color !== tint) console.error(`Callboard: data-color is #rrggbb, not "${color}".`);

  // A sheet that is made by a script is applied whatever the site's own policy says of styles.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; --tint: ${tint}; --ink: oklch(from var(--tint) clamp(0, (0.57 - l) * 1000, 1) 0 0);
      --ground: #fff; --soft: #586170; --line: #dfe3e8; --text: #0f1216; color-scheme: light dark;
      font: 16px/1.4 system-ui, sans-serif; }
    @media (prefers-color-scheme: dark) {
      :host { --ground: #12151b; --soft: #9aa4b1; --line: #262c36; --text: #f0f3f6; } }
    button { font: inherit; border: 0; cursor: pointer; }
    button:focus-visible { outline: 3px solid var(--text); outline-offset: 2px; }
    .bubble { position: fixed; z-index: 2147483646; bottom: max(20px, env(safe-area-inset-bottom));
      ${position === 'left' ? 'left' : 'right'}: 20px; display: flex; align-items: center; gap: 10px;
      max-width: calc(100vw - 40px); min-height: 56px; padding: 0 22px 0 18px; border-radius: 28px;
      background: var(--tint); color: var(--ink); font-weight: 600;
      box-shadow: 0 2px 4px rgb(0 0 0 / 15%), 0 12px 28px -8px rgb(0 0 0 / 35%); }
    .bubble svg { width: 22px; height: 22px; flex: none; fill: currentColor; }
    .lamp { width: 10px; height: 10px; flex: none; border-radius: 50%; background: currentColor; }
    .panel { position: fixed; z-index: 2147483647; bottom: 20px; display: flex; flex-direction: column;
      ${position === 'left' ? 'left' : 'right'}: 20px; width: 400px; height: min(680px, 100dvh - 40px);
      overflow: hidden; border: 1px solid var(--line); border-radius: 18px; background: var(--ground);
      color: var(--text); box-shadow: 0 24px 60px -16px rgb(0 0 0 / 45%); }
    .bar { display: flex; align-items: center; justify-content: space-between; flex: none; min-height: 44px;
      padding-left: 16px; border-bottom: 1px solid var(--line); font-weight: 600; font-size: 15px; }
    .close { width: 44px; height: 44px; background: none; color: var(--soft); font-size: 26px; line-height: 1; }
    .close:focus-visible { outline-offset: -4px; }
    .failed { margin: auto; padding: 24px; text-align: center; color: var(--soft); }
    iframe { flex: 1; min-height: 0; width: 100%; border: 0; color-scheme: inherit; }
    /* Shown once it is awake: in the site's color, and with buttons that do something. */
    .asleep { opacity: 0; }
    [hidden] { display: none !important; }
    @media (max-width: 480px) {
      .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; } }
  `);

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   */
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const SVG = 'http://www.w3.org/2000/svg';
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const handset = document.createElementNS(SVG, 'path');
  handset.setAttribute(
    'd',
    'M6.6 10.8a15.1 15.1 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.45.57 3.57a1 1 0 0 1-.25 1z',
  );
  icon.append(handset);

  const words = make('span', {}, label || text.call);
  const lamp = make('span', { class: 'lamp', hidden: '' });
  const bubble = make('button', { class: 'bubble', 'aria-expanded': 'false' }, icon, words, lamp);
  const close = make('button', { class: 'close', 'aria-label': text.close }, '×');
  const title = make('span', {}, label || text.call);
  const failed = make('p', { class: 'failed', role: 'alert', hidden: '' });
  const bar = make('div', { class: 'bar' }, title, close);
  const panel = make(
    'div',
    { class: 'panel', role: 'dialog', 'aria-label': label || text.call, hidden: '' },
    bar,
    failed,
  );
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  let awake = false;

  function load() {
    const address = new URL('/embed', server);
    address.searchParams.set('agent', agent);
    if (tint === color) address.searchParams.set('color', color);
    if (asked) address.searchParams.set('language', asked);
    const made = make('iframe', {
      class: 'asleep',
      src: address.href,
      title: label || text.call,
      // What the call needs, for this server alone.
      allow: `microphone ${server}; autoplay ${server}; screen-wake-lock ${server}`,
    });
    made.addEventListener('load', () => {
      setTimeout(() => {
        if (awake) return;
        console.error(
          `Callboard: ${location.origin} may not show calls to "${agent}"; see EMBED_SITES.`,
        );
        failed.textContent = text.failed;
        failed.hidden = false;
        made.remove();
        frame = undefined;
      }, WAKE_MS);
    });
    panel.append(made);
    return made;
  }

  /** @param {boolean} open */
  function show(open) {
    panel.hidden = !open;
    bubble.hidden = open;
    bubble.setAttribute('aria-expanded', `${open}`);
    if (!open) {
      bubble.focus();
      return;
    }
    failed.hidden = true;
    frame ??= load();
    frame.focus();
  }

  bubble.addEventListener('click', () => show(true));
  close.addEventListener('click', () => show(false));
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show(false);
  });
  // What the frame says of itself; nobody else is listened to.
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== server || !frame || source !== frame.contentWindow) return;
    if (data === 'callboard:awake') {
      awake = true;
      frame.classList.remove('asleep');
      // What had the focus was the empty frame: given anew, it reaches the page in it.
      if (root.activeElement === frame) {
        frame.blur();
        frame.focus();
      }
    }
    if (data === 'callboard:close') show(false);
    if (data !== 'callboard:live' && data !== 'callboard:idle') return;
    const live = data === 'callboard:live';
    lamp.hidden = !live;
    words.textContent = live ? text.live : label || text.call;
  });

  const host = document.createElement('callboard-bubble');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(bubble, panel);
  // Where the script stands in the head, there is no body yet.
  if (document.body) document.body.append(host);
  else addEventListener('DOMContentLoaded', () => document.body.append(host));
})();
