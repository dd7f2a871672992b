// In the place of what a page waits for, such as the database.

export const PageLoading = () => (
  <div
    aria-hidden="true"
    className="mt-6 h-64 rounded-lg border border-border bg-card motion-safe:animate-pulse"
  />
);
