const files = import.meta.glob<string>('../../../docs/reference/er/*.svg', {
  query: '?raw',
  import: 'default',
});

export interface Picture {
  /** The elements within the SVG. */
  readonly inner: string;
  readonly width: number;
  readonly height: number;
}

/** The generated diagram of a module, or the overview; without its own style sheet, since the page has one for both themes. */
export async function loadDiagram(name: string): Promise<Picture> {
  const load = files[`../../../docs/reference/er/${name}.svg`];
  if (!load) throw new Error(`There is no diagram of ${name}.`);
  const svg = await load();
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!;
  const inner = svg
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    // The overview links to files; here its modules are opened in place.
    .replace(/<a href="([\w-]+)\.svg">/g, '<g data-module="$1">')
    .replaceAll('</a>', '</g>')
    .replaceAll('<g data-mod', '<g role="button" tabindex="0" data-mod');
  return { inner, width: Number(width), height: Number(height) };
}
