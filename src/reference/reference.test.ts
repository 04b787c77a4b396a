import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { anchor } from './markdown.ts';
import { readReference } from './read.ts';
import { renderReference } from './render.ts';
import type { ReferenceSource } from './source.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let source: ReferenceSource;
let files: Map<string, string>;
beforeAll(async () => {
  source = await readReference(ROOT);
  files = await renderReference(source);
}, 60_000);

const pages = () => [...files].filter(([path]) => path.endsWith('.md'));
const diagrams = () => [...files].filter(([path]) => path.endsWith('.svg'));

describe('the reference of this project’s schema', () => {
  it('is the same to the byte when it is rendered again from the files', async () => {
    expect(await renderReference(await readReference(ROOT))).toEqual(files);
  });

  it('names every table in the quick reference', () => {
    const quickRef = files.get('prisma/SCHEMA-QUICK-REF.md')!;
    expect(source.models.filter((model) => !quickRef.includes(`\`${model.table}\``))).toEqual([]);
  });

  it('has a section for every model among models and policies, and for every enum', () => {
    const headings = (path: string) => files.get(path)!.match(/(?<=^### ).+$/gm);
    const models = source.models.map((model) => model.name);
    expect(headings('prisma/SCHEMA-MODELS.md')).toEqual(models);
    expect(headings('prisma/SCHEMA-POLICIES.md')).toEqual(models);
    expect(headings('prisma/SCHEMA-ENUMS.md')).toEqual(source.enums.map((it) => it.name));
  });

  it('has no link that leads nowhere', () => {
    const anchors = new Map(
      pages().map(([path, content]) => [path, (content.match(/(?<=^#+ ).+$/gm) ?? []).map(anchor)]),
    );
    const broken = pages().flatMap(([path, content]) =>
      [...content.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
        .filter(([, file = '', fragment]) => {
          const target = posix.join(posix.dirname(path), file);
          return !files.has(target) || (fragment !== undefined && !anchors.get(target)?.includes(fragment));
        })
        .map(([link]) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('has no two headings with the same anchor on a page', () => {
    for (const [, content] of pages()) {
      const anchors = (content.match(/(?<=^#+ ).+$/gm) ?? []).map(anchor);
      expect(new Set(anchors).size).toBe(anchors.length);
    }
  });

  it('has tables whose lines all have as many cells as their head', () => {
    for (const [, content] of pages()) {
      for (const block of content.split('\n\n').filter((it) => it.startsWith('| '))) {
        const cells = block
          .trimEnd()
          .split('\n')
          .map((line) => line.replaceAll('\\|', '').split('|').length);
        expect(new Set(cells).size, block).toBe(1);
      }
    }
  });
});

describe('the diagrams', () => {
  it('are one per module and an overview', () => {
    const names = source.modules.map((module) => module.name);
    expect(diagrams().map(([path]) => posix.basename(path, '.svg'))).toEqual(['overview', ...names]);
  });

  it('say what they show to people who do not see them', () => {
    for (const [, svg] of diagrams()) {
      expect(svg).toMatch(
        /^<svg [^>]*role="img" aria-labelledby="title desc">\n<title id="title">.+<\/title>\n<desc /,
      );
    }
  });

  it('are not absurdly wide or tall', () => {
    for (const [path, svg] of diagrams()) {
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number);
      expect(width! / height!, path).toBeGreaterThan(0.5);
      expect(width! / height!, path).toBeLessThan(2.5);
    }
  });

  it('show every model of their module by name and table', () => {
    for (const model of source.models) {
      const svg = files.get(`docs/reference/er/${model.module}.svg`)!;
      expect(svg).toContain(`>${model.name}<`);
      expect(svg).toContain(`>${model.table}<`);
    }
  });
});
