// Admin begins with the first of its pages that the visitor may see.
import { notFound, redirect } from 'next/navigation';
import { shownTo, visit } from '@/app/visit';
import { ADMIN, entriesFor } from '@/components/shell/navigation';

export default async function AdminPage() {
  const [first] = entriesFor(ADMIN, shownTo(await visit('/admin')));
  if (!first) notFound();
  redirect(first.href);
}
