// The helper of components that `npx shadcn add` brings: "utils" in components.json.
import { type ClassValue, clsx } from 'clsx';
import { twMerge } from 'tailwind-merge';

/**
 * Joins class names; of conflicting Tailwind classes the last wins. tailwind-merge is 8 KB of gzipped JavaScript, too
 * much for what `/` loads first: components there join with `components/ui/cn.ts`.
 */
export function cn(...inputs: ClassValue[]): string {
  return twMerge(clsx(inputs));
}
