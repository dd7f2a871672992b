'use client';
// The error page.
import { Crash } from '@/components/shell/crash';

export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  return <Crash retry={reset} />;
}
