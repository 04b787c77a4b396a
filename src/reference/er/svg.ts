/** Attributes of an element; numbers are rounded to tenths of a pixel. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text or an attribute value with what XML would take for markup made harmless. */
export function escapeXml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** An element. Children are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? number(value) : escapeXml(value!)}"`)
    .join('');
  return children.length === 0 ? `<${name}${list}/>` : `<${name}${list}>${children.join('')}</${name}>`;
}

/** One line of text with its baseline at y. */
export function label(x: number, y: number, kind: string, content: string, more: Attributes = {}): string {
  return element('text', { x, y, class: kind, ...more }, escapeXml(content));
}

export function group(attributes: Attributes, ...children: readonly string[]): string {
  return element('g', attributes, `\n${children.filter((it) => it !== '').join('\n')}\n`);
}

export function number(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}
