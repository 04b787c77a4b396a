import type { Boundary } from '../boundary.ts';
import { scanSchema } from '../scanner.ts';
import type { ForeignSchema } from './read.ts';

/** Columns like `targetId` beside `targetType` that no relation `target` explains. */
function polymorphic(fields: readonly string[]): string[] {
  return fields.filter((name) => {
    const stem = /^(.+?)_?id$/i.exec(name)?.[1];
    return (
      stem && !fields.includes(stem) && fields.some((f) => new RegExp(`^${stem}_?(type|kind)$`, 'i').test(f))
    );
  });
}

/** What the schema holds beyond tables, each with what it means for the boundary. */
export function unreadOf(schema: ForeignSchema, boundary: Boundary): string[] {
  const at = (p: { file: string; line: number }) => `${p.file}:${p.line}`;
  const blocks = scanSchema(schema.reading);
  const found = blocks.flatMap((block): string[] => {
    if (block.kind === 'view') {
      return [
        `${at(block.place)}: view ${block.name}: it reads with its owner's rights and no role of the boundary may read it; recreate it WITH (security_invoker = true), then grant it`,
      ];
    }
    if (block.kind === 'type') {
      return [`${at(block.place)}: type ${block.name}: composite types are MongoDB's; not looked at`];
    }
    if (block.kind !== 'model') return [];
    const ignored = block.attributes.find((a) => a.source.startsWith('@@ignore'));
    const unsupported = block.fields.filter((f) => f.source.includes('Unsupported('));
    return [
      ...polymorphic(block.fields.map((f) => f.name)).map(
        (name) =>
          `${at(block.place)}: ${block.name}.${name} names rows of several tables, by what a second column says; nothing guards it`,
      ),
      ...(ignored
        ? [`${at(ignored.place)}: model ${block.name} is ignored by Prisma; classify its table by hand`]
        : []),
      ...unsupported.map(
        (f) =>
          `${at(f.place)}: ${block.name}.${f.name} has a type that Prisma does not support; it is no part of any key here`,
      ),
    ];
  });
  const outside = schema.foreignKeys
    ? []
    : ['relationMode is "prisma": there are no foreign keys, so references are guarded by triggers'];
  const other =
    schema.provider === 'postgresql'
      ? []
      : [
          `the provider is ${schema.provider}: row security is PostgreSQL's, so this is a report and nothing to apply`,
        ];
  const named = boundary.models.filter((m) => m.schema === 'app').map((m) => m.model);
  const taken =
    named.length > 0
      ? [`the schema "app" holds ${named.join(', ')}; the context functions will stand beside them`]
      : [];
  return [...other, ...outside, ...taken, ...found];
}
