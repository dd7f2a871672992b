// The calls of an agent as small bars, beside their number.

/** Width of a bar with its gap, and height, in units of the picture. */
const STEP = 4;
const HEIGHT = 28;

/** @param values calls of each step, oldest first */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const most = Math.max(1, ...values);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${values.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-7 w-full"
    >
      {values.map((value, at) => {
        // A step without calls is a line, so that the time is visible.
        const height = value === 0 ? 1 : Math.max(2, (value / most) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: steps never move
            key={at}
            x={at * STEP}
            y={HEIGHT - height}
            width={STEP - 1}
            height={height}
            className={value === 0 ? 'fill-border' : 'fill-muted-foreground'}
          />
        );
      })}
    </svg>
  );
}
