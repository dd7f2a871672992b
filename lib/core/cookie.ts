/** The value of a cookie in the headers of a request, as it was sent; undefined without one. */
export const cookieOf = (headers: Pick<Headers, 'get'>, name: string): string | undefined =>
  (headers.get('cookie') ?? '')
    .split(/;\s*/)
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1);
