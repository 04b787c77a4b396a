import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { postAuth } from '../../api/auth.ts';
import { asProblem } from '../../api/problem.ts';
import { forgetAll, useMe } from '../../api/session.ts';
import { forgetDrafts } from '../../ui/editor/draft.ts';
import { tellProblem } from '../../ui/toast.tsx';
import { chooseTheme, chosenTheme, type Theme } from '../preferences.ts';
import { POP, POP_ITEM } from './pop.ts';

const THEMES = [
  ['light', 'Light', Sun],
  ['dark', 'Dark', Moon],
  ['system', 'As the system', Monitor],
] as const;

/** Who is signed in, the look of the application, and the way out. */
export default function PersonMenu(props: {
  readonly slug?: string;
  readonly trigger: ReactNode;
}): ReactNode {
  const { slug, trigger } = props;
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  const choose = (next: string) => {
    chooseTheme(next as Theme);
    setTheme(next as Theme);
  };
  const leave = async () => {
    try {
      await postAuth('/sign-out');
    } catch (error) {
      tellProblem(asProblem(error));
      return;
    }
    await navigate({ to: '/sign-in' as never });
    forgetDrafts();
    forgetAll(client);
  };
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className={POP}>
          <div className="px-2 py-1.5">
            <p className="truncate font-medium">{me.name}</p>
            <p className="truncate text-xs text-faint">{me.email}</p>
          </div>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          {slug && (
            <DropdownMenu.Item
              className={POP_ITEM}
              onSelect={() => void navigate({ to: `/o/${slug}/account` as never })}
            >
              <UserRound aria-hidden size={16} /> Your account
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className={POP_ITEM} asChild>
            <a href="/reference">
              <BookOpen aria-hidden size={16} /> API reference
            </a>
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Label className="px-2 pt-1 text-xs text-faint">Appearance</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={theme} onValueChange={choose}>
            {THEMES.map(([value, label, Icon]) => (
              <DropdownMenu.RadioItem
                key={value}
                value={value}
                className={`${POP_ITEM} data-[state=checked]:font-medium data-[state=checked]:text-accent`}
                onSelect={(event) => event.preventDefault()}
              >
                <Icon aria-hidden size={16} /> {label}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={POP_ITEM} onSelect={() => void leave()}>
            <LogOut aria-hidden size={16} /> Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
