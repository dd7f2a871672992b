// What a page shows while the server waits for its data: the frame of a list, without words.
const ROWS = ['one', 'two', 'three'];

export function PageLoading() {
  return (
    <div
      aria-hidden="true"
      className="mt-6 animate-pulse divide-y divide-border rounded-lg border border-border bg-card"
    >
      {ROWS.map((row) => (
        <div key={row} className="grid h-[76px] content-center gap-2 px-4 sm:px-5">
          <div className="h-4 w-2/5 rounded-sm bg-accent" />
          <div className="h-3 w-1/4 rounded-sm bg-accent" />
        </div>
      ))}
    </div>
  );
}
