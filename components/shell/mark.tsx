// The mark: a cue light, lit. The same drawing as public/icon.svg.
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" fill="#07090c" stroke="#3b4350" strokeWidth="1" />
      <circle cx="16" cy="16" r="8.5" fill="#12c67a" />
      <circle cx="16" cy="16" r="8.5" fill="none" stroke="#8ff0c4" strokeOpacity="0.55" />
      <circle cx="13" cy="12.8" r="2.1" fill="#e4fff2" />
    </svg>
  );
}
