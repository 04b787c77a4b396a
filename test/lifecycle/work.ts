// A process of its own that a test can kill: export, import or erase, told by its arguments.
import { readGenerated } from '../../src/tenancy/index.ts';
import { eraseTenant, exportTenant, importTenant, previewErase } from '../../src/tenancy/lifecycle/index.ts';
import { contextKey, root } from '../support/keys.ts';

const [what, ownerUrl, tenant, folder] = process.argv.slice(2) as [string, string, string, string];
const lifecycle = {
  ownerUrl,
  key: contextKey,
  boundary: readGenerated(root).boundary,
  onProgress: (step: string) => console.log(step),
};
if (what === 'export') await exportTenant(lifecycle, tenant, folder, 'test');
if (what === 'import') await importTenant(lifecycle, folder, 'test');
if (what === 'erase') {
  const { token } = await previewErase({ ...lifecycle, onProgress: () => {} }, tenant);
  await eraseTenant(lifecycle, tenant, token, 'test');
}
