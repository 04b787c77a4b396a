import { type ComponentType, type ReactNode, Suspense, useState } from 'react';

export interface OnDemandProps<P> {
  /** Where what it shows does not say it. */
  readonly label?: string;
  readonly className: string;
  /** What the button shows, before and after its menu is loaded. */
  readonly face: ReactNode;
  readonly menu: ComponentType<P & { readonly trigger: ReactNode }>;
  readonly menuProps: P;
  /** What opens, where it is no menu. */
  readonly popup?: 'dialog';
}

/** A button whose menu is loaded when it is first wanted, and opens at once then. */
export function OnDemand<P extends object>({
  label,
  className,
  face,
  menu: Menu,
  menuProps,
  popup,
}: OnDemandProps<P>): ReactNode {
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      aria-label={label}
      aria-haspopup={popup ?? 'menu'}
      aria-expanded={false}
      className={className}
      onClick={() => setWanted(true)}
    >
      {face}
    </button>
  );
  const trigger = (
    <button type="button" aria-label={label} className={className}>
      {face}
    </button>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <Menu {...menuProps} trigger={trigger} />
    </Suspense>
  ) : (
    button
  );
}
