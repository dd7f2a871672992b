// Joins class names; falsy ones fall out.
export function cn(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
