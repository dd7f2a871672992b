// The evidence of a verdict, one line each.

export function EvidenceList({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="num grid gap-1 text-[12.5px] text-soft">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal and never move
        <li key={at} className="[overflow-wrap:anywhere]">
          {line}
        </li>
      ))}
    </ul>
  );
}
