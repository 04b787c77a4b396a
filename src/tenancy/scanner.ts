/** A place in a Prisma file, as an editor names it: 1-based line. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** One `///` line, or several where continuation lines follow, together with the place of the first. */
export interface DocLine {
  readonly text: string;
  readonly place: Place;
}

export interface ScannedField {
  readonly name: string;
  readonly place: Place;
  readonly docs: readonly DocLine[];
  /** The whole declaration, for what DMMF leaves out (`map:` of a relation). */
  readonly source: string;
}

export interface ScannedBlock {
  readonly kind: 'model' | 'enum' | 'view' | 'type';
  readonly name: string;
  readonly place: Place;
  readonly docs: readonly DocLine[];
  readonly fields: readonly ScannedField[];
  /** `@@…` lines. */
  readonly attributes: readonly { readonly source: string; readonly place: Place }[];
}

/** A Prisma file: its path as it should be shown, and its text. */
export type SchemaFile = readonly [path: string, text: string];

const BLOCK = /^\s*(model|enum|view|type)\s+(\w+)\s*\{/;
const DOC = /^\s*\/\/\/ ?(.*)$/;
const CONTINUATION = /^\s{2,}\S/;

/**
 * Finds blocks, fields and doc comments with their lines. DMMF, which says everything else about the
 * schema, has neither lines nor the indentation of comments, and an error without a line is no help.
 */
export function scanSchema(files: readonly SchemaFile[]): ScannedBlock[] {
  return files.flatMap(([file, text]) => scanFile(file, text.split(/\r?\n/)));
}

function scanFile(file: string, lines: string[]): ScannedBlock[] {
  const blocks: ScannedBlock[] = [];
  let docs: DocLine[] = [];
  let open:
    | { block: ScannedBlock; fields: ScannedField[]; attributes: ScannedBlock['attributes'][number][] }
    | undefined;

  lines.forEach((source, index) => {
    const place = { file, line: index + 1 };
    const doc = DOC.exec(source);
    if (doc) {
      docs = addDoc(docs, doc[1] ?? '', place);
      return;
    }
    const trimmed = source.trim();
    if (trimmed === '' || trimmed.startsWith('//')) return;
    if (!open) {
      const block = BLOCK.exec(source);
      if (block) {
        const fields: ScannedField[] = [];
        const attributes: ScannedBlock['attributes'][number][] = [];
        const kind = block[1] as ScannedBlock['kind'];
        open = { block: { kind, name: block[2]!, place, docs, fields, attributes }, fields, attributes };
      }
    } else if (trimmed === '}') {
      blocks.push(open.block);
      open = undefined;
    } else if (trimmed.startsWith('@@')) {
      open.attributes.push({ source: trimmed, place });
    } else {
      open.fields.push({ name: trimmed.split(/\s/)[0]!, place, docs, source: trimmed });
    }
    docs = [];
  });
  return blocks;
}

function addDoc(docs: DocLine[], text: string, place: Place): DocLine[] {
  const last = docs.at(-1);
  if (last?.text.startsWith('@') && CONTINUATION.test(text)) {
    return [...docs.slice(0, -1), { text: `${last.text} ${text.trim()}`, place: last.place }];
  }
  return [...docs, { text: text.trim(), place }];
}
