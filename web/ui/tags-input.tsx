import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useWiring } from './field.tsx';

export interface TagsInputProps {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Short words; Enter or a comma adds one, Backspace in the empty field takes the last away. */
export function TagsInput({ value, onChange }: TagsInputProps): ReactNode {
  const [text, setText] = useState('');
  const add = () => {
    const tag = text.trim();
    if (tag && !value.includes(tag)) onChange([...value, tag]);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ',' || (event.key === 'Enter' && text.trim() && !event.metaKey && !event.ctrlKey)) {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && text === '' && value.length > 0) onChange(value.slice(0, -1));
  };
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-1.5 rounded-md border border-line-strong/60 bg-paper px-1.5 py-1 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ring">
      {value.map((tag) => (
        <span
          key={tag}
          className="inline-flex items-center gap-1 rounded-sm bg-sunken py-0.5 pr-0.5 pl-2 text-sm"
        >
          {tag}
          <button
            type="button"
            aria-label={`Remove ${tag}`}
            onClick={() => onChange(value.filter((t) => t !== tag))}
            className="rounded-sm p-0.5 text-faint hover:text-ink"
          >
            <X aria-hidden size={13} />
          </button>
        </span>
      ))}
      <input
        {...useWiring()}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        className="min-w-20 flex-1 bg-transparent px-1 text-lg outline-none md:text-base"
      />
    </div>
  );
}
