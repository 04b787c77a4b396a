/** How what pops up over the page looks. */
export const POP =
  'z-50 min-w-56 max-w-[calc(100vw-1rem)] rounded-lg border border-line bg-raised p-1 shadow-pop scroll-thin overflow-y-auto max-h-[min(70vh,36rem)]';
export const POP_ITEM =
  'flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left outline-none select-none data-[highlighted]:bg-sunken';
