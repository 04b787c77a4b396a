import { useNavigate, useSearch } from '@tanstack/react-router';

/** A yes or no that stands in the address, such as an open dialog: `?new=1`. */
export function useSearchFlag(name: string): readonly [boolean, (on: boolean) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const set = (on: boolean) =>
    void navigate({
      to: '.',
      resetScroll: false,
      search: ((before: object) => ({ ...before, [name]: on ? 1 : undefined })) as never,
    });
  return [search[name] !== undefined, set];
}
