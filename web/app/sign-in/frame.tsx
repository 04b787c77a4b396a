import { type ReactNode, useEffect } from 'react';

/** The card of a page outside an organization. */
export function SignInFrame(props: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  readonly below?: ReactNode;
}): ReactNode {
  useEffect(() => {
    document.title = `${props.title} · Lotline`;
  }, [props.title]);
  return (
    <>
      <div className="rounded-lg border border-line bg-paper p-5 sm:p-7">
        <h1 className="text-xl font-semibold tracking-tight">{props.title}</h1>
        {props.description && <div className="mt-1 text-soft">{props.description}</div>}
        <div className="mt-5">{props.children}</div>
      </div>
      {props.below && (
        <div className="mt-4 text-center text-soft [&_a]:text-accent [&_a]:underline">{props.below}</div>
      )}
    </>
  );
}
