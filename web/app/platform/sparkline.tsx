import type { ReactNode } from 'react';

const [WIDTH, HEIGHT] = [600, 96];

/** The course of a figure as a line; its numbers stand in the table beside it. */
export function Sparkline(props: { readonly label: string; readonly values: readonly number[] }): ReactNode {
  const { label, values } = props;
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (v, i) => `${(i * step).toFixed(1)},${(HEIGHT - 4 - (v / most) * (HEIGHT - 12)).toFixed(1)}`,
  );
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} className="w-full text-accent">
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinejoin="round"
      />
    </svg>
  );
}
