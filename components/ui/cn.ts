// Joins class names and ignores falsy ones. Unlike shadcn's `cn` it does not resolve conflicts, to keep tailwind-merge out
// of what pages load. Mark an override of a component's own class as important: `px-0!`.
export { clsx as cn } from 'clsx';
