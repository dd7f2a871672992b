// One way to join a URL of the settings with a path: with or without a slash at its end, and without losing its own path.

/**
 * The address of something below a URL; keeps the path of the URL and its query.
 * @param path relative, with or without a slash before it, possibly with a query
 * @throws TypeError if `base` is no URL
 */
export function joinUrl(base: string, path: string): string {
  const url = new URL(base);
  const [pathname = '', query = ''] = path.split(/\?(.*)/s);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${pathname.replace(/^\/+/, '')}`;
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value);
  url.hash = '';
  return url.href;
}
