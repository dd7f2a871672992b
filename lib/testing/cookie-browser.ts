// A minimal browser for signing in through another site: keeps cookies per site and follows redirects.

/** Handles a request to our own server. */
type Own = (request: Request) => Promise<Response>;

export class CookieBrowser {
  readonly #jar = new Map<string, Map<string, string>>();

  /**
   * @param origin of our own server, whose requests `own` handles; other requests go over the network
   */
  constructor(
    readonly origin: string,
    readonly own: Own,
  ) {}

  /** The cookies for a site, as sent in requests. */
  cookies(origin = this.origin): string {
    return [...(this.#jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Sends one request, without following redirects. */
  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const headers = new Headers(init.headers);
    if (this.cookies(origin)) headers.set('cookie', this.cookies(origin));
    const request = new Request(url, { ...init, headers, redirect: 'manual' });
    const answer = await (origin === this.origin ? this.own(request) : fetch(request));
    const kept = this.#jar.get(origin) ?? new Map<string, string>();
    this.#jar.set(origin, kept);
    for (const one of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = one.match(/^([^=]+)=([^;]*)/) ?? [];
      if (value === '' || /max-age=0/i.test(one)) kept.delete(name);
      else kept.set(name, value);
    }
    return answer;
  }

  /** Sends a request and follows redirects to URLs that `follow` accepts. Resolves to the last one. */
  async go(
    url: string,
    init: RequestInit,
    follow: (url: URL) => boolean,
  ): Promise<{ readonly url: URL; readonly answer: Response }> {
    const answer = await this.ask(url, init);
    const location = answer.headers.get('location');
    if (location === null) return { url: new URL(url), answer };
    const next = new URL(location, url);
    return follow(next) ? this.go(next.href, {}, follow) : { url: next, answer };
  }
}
