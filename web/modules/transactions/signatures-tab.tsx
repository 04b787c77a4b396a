import { PenTool, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Model } from '../../api/client.ts';
import { useOrganization } from '../../api/organization.tsx';
import { useList } from '../../api/records.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { words } from '../../ui/format.ts';
import { OfferCard } from '../../ui/offer-card.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Ago } from '../../ui/time.tsx';
import { tell } from '../../ui/toast.tsx';
import { RequestDialog } from './request-dialog.tsx';
import { SignatureRow } from './signature-row.tsx';
import { type LoopOverview, useLoopAction } from './use-loop.ts';
import { requests, signatures } from './words.ts';

const OFFER = {
  feature: 'signatureRequests',
  title: 'Signatures',
  gives: [
    'Documents signed by several parties, in order or at once',
    'Reminders, and requests that end by themselves',
    'What was signed, when, from where and by whom, kept beyond change',
  ],
};

/** Requests for signatures, with who has signed. */
export function SignaturesTab(props: { readonly shown: LoopOverview; readonly mayAsk: boolean }): ReactNode {
  const { shown, mayAsk } = props;
  const { includes } = useOrganization();
  const [making, setMaking] = useState(false);
  const loopId = shown.loop.id;
  const list = useList<typeof requests, Model<'SignatureRequest'>>(requests, {
    loopId,
    sort: '-createdAt',
    limit: 100,
  });
  const marks = useList<typeof signatures, Model<'DocumentSignature'>>(signatures, {
    loopId,
    sort: 'signingPosition',
    limit: 200,
  });
  const send = useLoopAction((api, requestId: string) =>
    api.POST('/signature-requests/{requestId}/send', { params: { path: { requestId } } }),
  );
  const cancel = useLoopAction((api, requestId: string) =>
    api.POST('/signature-requests/{requestId}/cancel', {
      params: { path: { requestId } },
      body: { reason: 'Called back by the agent' },
    }),
  );
  if (!includes(OFFER.feature)) return <OfferCard offer={OFFER} />;
  const make = mayAsk && (
    <Button size="sm" icon={Plus} onClick={() => setMaking(true)}>
      Ask for signatures
    </Button>
  );
  return (
    <div className="space-y-4">
      {make}
      <Loaded of={list}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={PenTool} title="Nothing to sign yet">
              Choose documents and parties; they sign in the order you give.
            </Empty>
          ) : (
            data.map((request) => (
              <Card
                key={request.id}
                title={request.title}
                actions={
                  <>
                    <Badge tone={request.status === 'SIGNED' ? 'good' : 'info'}>
                      {words(request.status)}
                    </Badge>
                    {mayAsk && request.status === 'PENDING' && (
                      <Button
                        size="sm"
                        busy={send.busy}
                        onClick={() => send.start(request.id, () => tell('Sent'))}
                      >
                        Send
                      </Button>
                    )}
                    {mayAsk && ['PENDING', 'SENT', 'VIEWED'].includes(request.status) && (
                      <Button
                        size="sm"
                        busy={cancel.busy}
                        onClick={() => cancel.start(request.id, () => tell('Called back'))}
                      >
                        Call back
                      </Button>
                    )}
                  </>
                }
              >
                <p className="text-sm text-faint">
                  {words(request.signingOrder)} · asked <Ago at={request.createdAt} />
                  {request.expiresAt && (
                    <>
                      {' '}
                      · ends <Ago at={request.expiresAt} />
                    </>
                  )}
                </p>
                {request.message && <p className="mt-1">{request.message}</p>}
                <ul className="mt-3 divide-y divide-line">
                  {marks.data?.data
                    .filter((mark) => mark.requestId === request.id)
                    .map((mark) => (
                      <SignatureRow key={mark.id} mark={mark} shown={shown} />
                    ))}
                </ul>
              </Card>
            ))
          )
        }
      </Loaded>
      {making && <RequestDialog shown={shown} onClose={() => setMaking(false)} />}
    </div>
  );
}
