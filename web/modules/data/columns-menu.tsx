import { Columns3 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { fieldTitle } from '../../ui/names.ts';
import type { Columns } from './use-columns.tsx';

/** Which columns a table shows. */
export function ColumnsMenu(props: {
  readonly columns: Columns;
  readonly fields: readonly string[];
}): ReactNode {
  const { columns, fields } = props;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button icon={Columns3}>Columns</Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="scroll-thin z-50 max-h-[min(60vh,28rem)] min-w-52 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-pop"
        >
          {fields.map((field) => (
            <DropdownMenu.CheckboxItem
              key={field}
              checked={columns.chosen.includes(field)}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={() => columns.toggle(field)}
              className="flex items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-[highlighted]:bg-sunken"
            >
              <span aria-hidden className="inline-block w-4 text-accent">
                {columns.chosen.includes(field) && '✓'}
              </span>
              {fieldTitle(field)}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
