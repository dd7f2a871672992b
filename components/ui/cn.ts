// Joins class names and ignores falsy ones.
export function cn(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
