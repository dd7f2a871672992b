// Joins class names and ignores falsy ones. Unlike shadcn's `cn` in lib/utils.ts it does not resolve conflicts, to keep
// tailwind-merge out of what `/` loads first. Mark an override of a component's own class as important: `px-0!`.
export { clsx as cn } from 'clsx';
