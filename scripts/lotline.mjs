#!/usr/bin/env node
// `npx lotline …`: the commands of src/cli/lotline/ on the project's own Node.
process.env.INIT_CWD ??= process.cwd();
process.argv.splice(2, 0, 'src/cli/lotline.ts');
await import('./run.mjs');
