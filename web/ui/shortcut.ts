import { useEffect, useRef } from 'react';

/**
 * Calls `act` when a key is pressed anywhere on the page. Plain keys are not taken while somebody types.
 * @param combination `mod+k` (Command or Control), or one key: `n`, `/`
 */
export function useShortcut(combination: string, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const withModifier = combination.startsWith('mod+');
    const key = withModifier ? combination.slice(4) : combination;
    const listen = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== key ||
        (event.metaKey || event.ctrlKey) !== withModifier ||
        event.altKey
      )
        return;
      const target = event.target as HTMLElement;
      if (!withModifier && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)))
        return;
      if (!withModifier && document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [combination]);
}
