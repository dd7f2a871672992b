// Whether two names are one person's, as far as a caller can be known by a name: it has to be told in full,
// and to be the very one that stands in the diary.

/** Small letters without accents: "Müller", "Mueller" and "MULLER" come near enough to each other. */
const folded = (name: string) =>
  name
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether it has a first name and a last one: one alone is many people's. */
export const isFullName = (name: string): boolean => folded(name).includes(' ');

/** Whether both are that name in full, in whatever letters. */
export const isSameName = (one: string, other: string): boolean =>
  isFullName(one) && folded(one) === folded(other);
