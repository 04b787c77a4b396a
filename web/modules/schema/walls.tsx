import { ArrowDown, ArrowRight, Database, FileKey2, Layers, ShieldCheck, UserRound } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';

const STEPS = [
  { icon: UserRound, title: 'A request', text: 'Somebody signed in, for one organization.' },
  {
    icon: FileKey2,
    title: 'Signed context',
    text: 'Organization, person and role, sealed with a key that the application cannot read from SQL. A forged one counts as none.',
  },
  { icon: ShieldCheck, title: 'Policies', text: 'Each table says who may read and write which of its rows.' },
  {
    icon: Layers,
    title: 'The floor',
    text: 'Under every policy: the row must belong to that organization. Nothing added later can open it.',
  },
  {
    icon: Database,
    title: 'Rows',
    text: 'Keys carry the organization, so references cannot cross it either.',
  },
];

/** The way of a request through what keeps tenants apart. */
export function Walls(): ReactNode {
  return (
    <Card title="How a request reaches its rows">
      <ol className="flex flex-col gap-2 lg:flex-row lg:items-stretch">
        {STEPS.map(({ icon: Icon, title, text }, i) => (
          <Fragment key={title}>
            {i > 0 && (
              <li aria-hidden className="flex items-center justify-center text-line-strong">
                <ArrowRight size={18} className="hidden lg:block" />
                <ArrowDown size={18} className="lg:hidden" />
              </li>
            )}
            <li className="flex-1 rounded-md border border-line bg-canvas p-3">
              <p className="flex items-center gap-2 font-semibold">
                <Icon aria-hidden size={17} className="text-accent" />
                {title}
              </p>
              <p className="mt-1 text-sm text-soft">{text}</p>
            </li>
          </Fragment>
        ))}
      </ol>
    </Card>
  );
}
