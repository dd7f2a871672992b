'use client';
// A link to a page that most visitors do not open, such as those of the header. Next asks the server for each link in view,
// which renders it while the start page is still loading; here it is asked when the link is likely to be followed.
import Link from 'next/link';
import { type ComponentProps, useState } from 'react';

type IntentLinkProps = Omit<ComponentProps<typeof Link>, 'prefetch' | 'onPointerEnter' | 'onFocus'>;

/** Next's link, which prefetches its page once the pointer, a finger or the focus is on it. */
export function IntentLink(props: IntentLinkProps) {
  const [likely, setLikely] = useState(false);
  const onLikely = () => setLikely(true);
  return (
    <Link
      {...props}
      // `null` is Next's default.
      prefetch={likely ? null : false}
      onPointerEnter={onLikely}
      onFocus={onLikely}
    />
  );
}
