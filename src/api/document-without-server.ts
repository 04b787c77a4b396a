import { livePaths } from '../live/index.ts';
import { filePaths } from '../modules/files/index.ts';
import { allModules } from '../modules/index.ts';
import type { Boundary } from '../tenancy/index.ts';
import { dataApi } from './data/index.ts';
import { buildDocument } from './document.ts';
import { modelsRoute } from './models-route.ts';
import { moduleRoutes } from './module-routes.ts';
import { openRoutes } from './open-routes.ts';
import { personRoutes } from './person-routes.ts';
import { platformApi } from './platform/index.ts';

/** Stands for what only a request would use. */
const unused = new Proxy(
  {},
  {
    get: () => () => {
      throw new Error('Nothing is served here.');
    },
  },
) as never;

/** The OpenAPI document as the server gives it, without a database and without a server: for programs that are made from it. */
export function documentWithoutServer(boundary: Boundary): object {
  const modules = allModules({ auth: unused, storage: unused, links: unused, spoolFolder: '' });
  const data = dataApi({ boundary, rules: modules.flatMap((m) => m.rules) });
  const open = openRoutes({
    auth: unused,
    oidcName: undefined,
    mailbox: undefined,
    hasDemo: async () => false,
  });
  const platform = platformApi({ auth: unused, desk: unused, limits: unused, boundary });
  return buildDocument(
    moduleRoutes(modules, data.collections),
    [open, personRoutes(unused), modelsRoute(boundary, data)],
    {
      baseUrl: 'http://localhost',
      data,
      documents: [{ paths: filePaths }, { paths: livePaths }],
      modules,
      platform,
    },
  );
}
