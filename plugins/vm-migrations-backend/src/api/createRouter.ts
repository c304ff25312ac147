import type {
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { MigrationReader } from '../store/types';
import type { Clock } from '../watch/types';
import { ChangeFeed, type ChangeNotifier } from './changes';
import { openApiDocument, requestValidation } from './openapi';
import { Authorizer, registerPermissions } from './permissions';
import { addChangeRoutes } from './routes/changeRoutes';
import { addInventoryRoutes } from './routes/inventoryRoutes';
import { addMigrationRoutes } from './routes/migrationRoutes';

export interface RouterOptions {
  reader: MigrationReader;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  logger: LoggerService;
  /** Tells when the change feed grows; stopping it ends all who wait. */
  changes: ChangeNotifier;
  clock: Clock;
  /** The clusters are simulated. */
  demo: boolean;
}

/**
 * The REST API under `/v1`, read only. A request passes, in this order: the OpenAPI document
 * (`openapi/`), which refuses what it does not describe; the permissions (`permissions/`),
 * whose conditions become filters; the reader of the store. What waits for changes is in
 * `changes/`. Errors are thrown and answered by Backstage's own middleware.
 */
export function createRouter(options: RouterOptions): Router {
  const { reader, changes, clock, demo, logger } = options;
  registerPermissions(options);
  const authorizer = new Authorizer(options);
  const feed = new ChangeFeed({ reader, notifier: changes, clock });
  const context = { reader, authorizer, feed, notifier: changes, clock, demo };

  const v1 = PromiseRouter();
  v1.use(requestValidation());
  v1.get('/openapi.json', async (request, response) => {
    await authorizer.credentialsOf(request);
    response.json(openApiDocument(request.baseUrl));
  });
  addMigrationRoutes(v1, context);
  addInventoryRoutes(v1, context);
  addChangeRoutes(v1, { ...context, logger });

  const router = PromiseRouter();
  router.use('/v1', v1);
  return router;
}
