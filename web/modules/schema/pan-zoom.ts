import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const LEAST = 0.15;
const MOST = 3;

/** Zooms about a point of the window, which stays under the pointer. */
export function zoomed(view: View, factor: number, at: { readonly x: number; readonly y: number }): View {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const k = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * k, y: at.y - (at.y - view.y) * k };
}

/** The view in which a picture of this size stands whole, in the middle; never larger than it is. */
export function fitted(picture: Size, frame: Size): View {
  const scale = Math.max(LEAST, Math.min(1, frame.width / picture.width, frame.height / picture.height));
  return {
    scale,
    x: Math.max(0, (frame.width - picture.width * scale) / 2),
    y: Math.max(0, (frame.height - picture.height * scale) / 2),
  };
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Moving and zooming a picture within its frame, by pointer, wheel and buttons. */
export function usePanZoom(frame: RefObject<HTMLDivElement | null>, picture: Size) {
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  const moved = useRef(false);
  const fit = useCallback(() => {
    const box = frame.current?.getBoundingClientRect();
    if (box) setView(fitted(picture, box));
  }, [frame, picture]);
  useEffect(fit, [fit]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      setView((v) => zoomed(v, Math.exp(-event.deltaY / 400), at));
    };
    let last: { x: number; y: number } | undefined;
    const onDown = (event: PointerEvent) => {
      last = { x: event.clientX, y: event.clientY };
      moved.current = false;
    };
    const onMove = (event: PointerEvent) => {
      if (!last) return;
      const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
      if (!moved.current && Math.hypot(dx, dy) < 4) return;
      moved.current = true;
      last = { x: event.clientX, y: event.clientY };
      setView((v) => ({ ...v, x: v.x + dx, y: v.y + dy }));
    };
    const onUp = () => {
      last = undefined;
    };
    // Passive by default, and then the page would scroll instead.
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onDown);
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', onUp);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onDown);
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
    };
  }, [frame]);
  const zoom = (factor: number) => {
    const box = frame.current!.getBoundingClientRect();
    setView((v) => zoomed(v, factor, { x: box.width / 2, y: box.height / 2 }));
  };
  const shift = (x: number, y: number) => setView((v) => ({ ...v, x: v.x + x, y: v.y + y }));
  return { view, zoom, shift, fit, wasDrag: () => moved.current };
}
