import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { asProblem } from '../../../api/problem.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { tellProblem } from '../../../ui/toast.tsx';
import { FileDrop, useAttachments, useFileUrl } from '../../files/index.ts';
import type { Listing } from '../collections.ts';
import { Photo } from './photo.tsx';

interface Shown {
  readonly src: string;
  /** Of an uploaded one, which can be removed. */
  readonly id?: string;
}

/** The photos of a listing: uploaded ones and those it names by address; the first stands for it. */
export function Photos({ listing }: { readonly listing: Listing }): ReactNode {
  const { can } = useOrganization();
  const urlOf = useFileUrl();
  const { list, attach, remove } = useAttachments('listing', listing.id, { 'mimeType.startswith': 'image/' });
  const [chosen, setChosen] = useState(0);
  const [removing, setRemoving] = useState<string>();
  const photos: Shown[] = [
    ...(list.data?.data ?? []).map((file) => ({ src: urlOf(file.filePath, true), id: file.id })),
    ...listing.images.map((src) => ({ src })),
  ];
  const shown = photos[Math.min(chosen, photos.length - 1)];
  const mayWrite = can('crm:write') && can('files:write') && listing.archivedAt === null;
  return (
    <Card title="Photos" flush>
      <div className="relative">
        <Photo
          src={shown?.src}
          alt={`${listing.title}, photo ${chosen + 1}`}
          className="aspect-video max-h-96"
        />
        {shown?.id && mayWrite && (
          <span className="absolute top-2 right-2 rounded-md bg-paper">
            <IconButton
              icon={Trash2}
              size="sm"
              label="Remove this photo"
              onClick={() => setRemoving(shown.id)}
            />
          </span>
        )}
      </div>
      {photos.length > 1 && (
        <ul className="scroll-thin flex gap-2 overflow-x-auto p-3">
          {photos.map((photo, i) => (
            <li key={photo.src}>
              <button
                type="button"
                aria-label={`Photo ${i + 1}`}
                aria-pressed={i === chosen}
                onClick={() => setChosen(i)}
                className="block w-24 overflow-hidden rounded-md border-2 border-transparent aria-pressed:border-accent"
              >
                <Photo src={photo.src} alt="" className="aspect-[3/2]" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <div className="p-3">
          <FileDrop label="Drop photos here" accept="image/*" onFile={attach} />
        </div>
      )}
      {removing && (
        <Confirm
          title="Remove this photo?"
          action="Remove"
          danger
          busy={remove.isPending}
          onClose={() => setRemoving(undefined)}
          onConfirm={() =>
            remove.mutate(removing, {
              onError: (error) => tellProblem(asProblem(error)),
              onSettled: () => setRemoving(undefined),
            })
          }
        >
          It is deleted for good.
        </Confirm>
      )}
    </Card>
  );
}
