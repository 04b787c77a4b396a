import type { ReactNode } from 'react';
import { useMe } from '../../api/session.ts';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import { Page as PageFrame } from '../../ui/page.tsx';

/** The signed-in person’s own account. */
export function Page(): ReactNode {
  const me = useMe();
  return (
    <PageFrame title="Your account">
      <div className="grid max-w-3xl gap-4">
        <Card title="You">
          <Facts>
            <Fact label="Name">{me.name}</Fact>
            <Fact label="E-mail">{me.email}</Fact>
          </Facts>
        </Card>
      </div>
    </PageFrame>
  );
}
