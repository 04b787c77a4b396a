import type { ReactNode } from 'react';
import Markdown from 'react-markdown';

/** Markdown as it reads; HTML within it is shown as text, never run. */
export function Preview({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="max-w-prose space-y-3 text-lg [&_a]:text-accent [&_a]:underline [&_blockquote]:border-l-3 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-soft [&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_h1]:text-2xl [&_h1]:font-semibold [&_h2]:text-xl [&_h2]:font-semibold [&_h3]:font-semibold [&_img]:max-w-full [&_li]:ml-5 [&_ol]:list-decimal [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-sunken [&_pre]:p-3 [&_ul]:list-disc">
      <Markdown>{text}</Markdown>
    </div>
  );
}
