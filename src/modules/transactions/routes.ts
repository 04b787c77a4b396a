import type { AnyRoute } from '../../http/index.ts';
import { documentRoutes } from './document-routes.ts';
import { loopRoutes } from './loop-routes.ts';
import { signatureRoutes } from './signature-routes.ts';

export const routes: readonly AnyRoute[] = [...loopRoutes, ...documentRoutes, ...signatureRoutes];
