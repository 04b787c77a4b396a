import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// SQL stands beside the TypeScript that reads it; tsc copies only what it compiles.
const root = fileURLToPath(new URL('..', import.meta.url));
cpSync(join(root, 'src'), join(root, 'dist'), {
  recursive: true,
  filter: (path) => !/\.[a-z]*$/.test(path.slice(path.lastIndexOf('/'))) || /\.(sql|json)$/.test(path),
});
