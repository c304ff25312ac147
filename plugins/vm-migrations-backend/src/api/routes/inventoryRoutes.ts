import { NotFoundError } from '@backstage/errors';
import type { Router } from 'express';
import { virtualMachineListQuerySchema } from '../openapi';
import { hideMigrations, isVirtualMachineVisible } from '../permissions';
import { allOf, queryFilter } from '../queryFilter';
import type { RouteContext } from './RouteContext';

/** Virtual machines, sites, clusters and totals. */
export function addInventoryRoutes(
  router: Router,
  { reader, authorizer, clock, demo }: RouteContext,
): void {
  router.get('/virtual-machines', async (request, response) => {
    const visible = await authorizer.authorize(request, 'virtualMachines');
    const query = virtualMachineListQuerySchema.parse(request.query);
    const page = await reader.listVirtualMachines({
      filter: allOf([
        visible.virtualMachines || undefined,
        queryFilter(query, {
          now: new Date(clock.now()),
          subject: 'virtual-machine',
        }),
      ]),
      migrating: query.migrating,
      limit: query.limit,
      cursor: query.cursor,
    });
    const hide = await hideMigrations(page.items, visible.migrations, reader);
    response.json({ ...page, items: page.items.map(hide) });
  });

  router.get(
    '/virtual-machines/:cluster/:namespace/:name',
    async (request, response) => {
      const visible = await authorizer.authorize(request, 'virtualMachines');
      const machine = await reader.getVirtualMachine(request.params);
      if (
        !machine ||
        !isVirtualMachineVisible(machine, visible.virtualMachines)
      ) {
        const { cluster, namespace, name } = request.params;
        throw new NotFoundError(
          `There is no virtual machine '${cluster}/${namespace}/${name}'`,
        );
      }
      const hide = await hideMigrations([machine], visible.migrations, reader);
      response.json(hide(machine));
    },
  );

  router.get('/datacenters', async (request, response) => {
    const visible = await authorizer.authorize(request, 'clusters');
    response.json({ items: await reader.listDatacenters(visible) });
  });

  router.get('/clusters', async (request, response) => {
    await authorizer.authorize(request, 'clusters');
    response.json({ items: await reader.listClusters() });
  });

  router.get('/status', async (request, response) => {
    const visible = await authorizer.authorize(
      request,
      'migrations',
      'virtualMachines',
      'clusters',
    );
    const status = await reader.getStatus({
      visible,
      now: new Date(clock.now()).toISOString(),
    });
    response.json({
      ...status,
      demo,
      ...(!visible.clusters && {
        datacenters: 0,
        clusters: { total: 0, live: 0, blind: 0 },
      }),
    });
  });
}
