import { useSuspenseQuery } from '@tanstack/react-query';
import { Maximize, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { IconButton } from '../../ui/button.tsx';
import './diagram.css';
import { loadDiagram } from './diagrams.ts';
import { usePanZoom } from './pan-zoom.ts';

export interface DiagramProps {
  /** A module, or `overview`. */
  readonly name: string;
  readonly chosen: string | undefined;
  readonly onModule: (name: string) => void;
  readonly onModel: (name: string) => void;
}

const STEP = 60;

/** The diagram of a module, moved and zoomed; its models and modules are opened by a press or by Enter. */
export function Diagram({ name, chosen, onModule, onModel }: DiagramProps): ReactNode {
  const { data: picture } = useSuspenseQuery({
    queryKey: ['diagram', name],
    queryFn: () => loadDiagram(name),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { view, zoom, shift, fit, wasDrag } = usePanZoom(frame, picture);
  const html = useMemo(() => ({ __html: picture.inner }), [picture]);
  useEffect(() => mark(svg.current!, chosen), [chosen]);
  const open = (target: Element) => {
    const card = target.closest('[data-model], [data-module]');
    const [model, module] = [card?.getAttribute('data-model'), card?.getAttribute('data-module')];
    if (model) onModel(model);
    else if (module) onModule(module);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrows: Record<string, [number, number]> = {
      ArrowLeft: [STEP, 0],
      ArrowRight: [-STEP, 0],
      ArrowUp: [0, STEP],
      ArrowDown: [0, -STEP],
    };
    const arrow = arrows[event.key];
    if (arrow) shift(...arrow);
    else if (event.key === '+') zoom(1.25);
    else if (event.key === '-') zoom(0.8);
    else if (event.key === '0') fit();
    else if (event.key === 'Enter' || event.key === ' ') open(event.target as Element);
    else return;
    event.preventDefault();
  };
  return (
    <div className="relative h-full overflow-hidden rounded-lg border border-line bg-paper">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the models within take the focus; arrows move the picture */}
      <div
        ref={frame}
        onKeyDown={onKeyDown}
        onClick={(event: MouseEvent) => !wasDrag() && open(event.target as Element)}
        className="absolute inset-0 cursor-grab touch-none active:cursor-grabbing"
      >
        <svg
          ref={svg}
          width={picture.width}
          height={picture.height}
          viewBox={`0 0 ${picture.width} ${picture.height}`}
          aria-label={`Diagram: ${name}`}
          role="group"
          className="diagram origin-top-left"
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: generated with the documentation, and built in
          dangerouslySetInnerHTML={html}
        />
      </div>
      <div className="absolute right-2 bottom-2 flex rounded-md border border-line bg-raised">
        <IconButton icon={Minus} size="sm" label="Smaller" onClick={() => zoom(0.8)} />
        <IconButton icon={Plus} size="sm" label="Larger" onClick={() => zoom(1.25)} />
        <IconButton icon={Maximize} size="sm" label="All of it" onClick={fit} />
      </div>
    </div>
  );
}

/** Shows which model is chosen, and the lines that lead to it or from it. */
function mark(svg: SVGSVGElement, chosen: string | undefined): void {
  for (const card of svg.querySelectorAll('[data-model]'))
    card.classList.toggle('chosen', card.getAttribute('data-model') === chosen);
  for (const title of svg.querySelectorAll('g > title')) {
    const [, from, to] = /^(\w+)\.\w+ → (\w+)/.exec(title.textContent ?? '') ?? [];
    title.parentElement!.classList.toggle('near', chosen !== undefined && (from === chosen || to === chosen));
  }
}
