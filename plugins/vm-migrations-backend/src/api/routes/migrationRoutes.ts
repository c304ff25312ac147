import { directionSchema } from 'backstage-plugin-vm-migrations-common';
import type { Request, Response, Router } from 'express';
import { findMigration, findMigrationByObject } from '../findMigration';
import {
  activeView,
  clusterView,
  datacenterView,
  directionView,
  virtualMachineView,
  type MigrationView,
} from '../migrationViews';
import { migrationListQuerySchema } from '../openapi';
import { allOf, queryFilter } from '../queryFilter';
import type { RouteContext } from './RouteContext';

/** `/migrations`, its views, and single migrations. */
export function addMigrationRoutes(
  router: Router,
  { reader, authorizer, clock }: RouteContext,
): void {
  function list(
    viewOf: (request: Request) => MigrationView | Promise<MigrationView>,
  ) {
    return async (request: Request, response: Response) => {
      const visible = await authorizer.authorize(request, 'migrations');
      const query = migrationListQuerySchema.parse(request.query);
      const { filter, directionOf } = await viewOf(request);
      const page = await reader.listMigrations({
        filter: allOf([
          filter,
          visible.migrations || undefined,
          queryFilter(query, {
            now: new Date(clock.now()),
            subject: 'migration',
          }),
        ]),
        order: query.order,
        limit: query.limit,
        cursor: query.cursor,
      });
      response.json({
        ...page,
        items: page.items.map(migration => ({
          ...migration,
          direction: directionOf?.(migration),
        })),
      });
    };
  }

  router.get(
    '/migrations',
    list(() => ({})),
  );
  router.get(
    '/migrations/active',
    list(() => activeView),
  );
  router.get(
    '/migrations/datacenter/:datacenter',
    list(({ params }) => datacenterView(reader, params.datacenter)),
  );
  router.get(
    '/migrations/cluster/:cluster',
    list(({ params }) => clusterView(reader, params.cluster)),
  );
  router.get(
    '/migrations/vm/:vm',
    list(({ params }) => virtualMachineView(params.vm)),
  );
  router.get(
    '/migrations/direction/:direction',
    list(({ params }) =>
      directionView(reader, directionSchema.parse(params.direction)),
    ),
  );
  router.get('/migrations/:reference', async (request, response) => {
    const visible = await authorizer.authorize(request, 'migrations');
    const { reference } = request.params;
    response.json(await findMigration(reader, reference, visible.migrations));
  });
  router.get(
    '/migrations/:cluster/:namespace/:name',
    async (request, response) => {
      const visible = await authorizer.authorize(request, 'migrations');
      response.json(
        await findMigrationByObject(reader, request.params, visible.migrations),
      );
    },
  );
}
