import { createPermissionRule } from '@backstage/plugin-permission-node';
import type {
  FilterExpression,
  FilterKey,
} from 'backstage-plugin-vm-migrations-common';
import {
  virtualMachineResourceRef,
  vmMigrationResourceRef,
} from 'backstage-plugin-vm-migrations-node';
import { z } from 'zod';
import { isMigrationVisible, isVirtualMachineVisible } from './visible';

/*
 * Rules by which a policy lets a caller see some of the migrations and machines only. Each
 * is a term of the filter language, decided about one record by the same predicate that the
 * browser uses, and about lists by the same SQL that filters use.
 *
 * A migration is in a cluster, site or namespace when one of its ends is: who may see what
 * is in a cluster may see what came into it and what left it.
 */

const names = z.array(z.string()).min(1);

function term(key: FilterKey, values: string[]): FilterExpression {
  return { type: 'term', key, values };
}

const inCluster = {
  name: 'IN_CLUSTER',
  paramsSchema: z.object({
    clusters: names.describe('names of clusters; * stands for any characters'),
  }),
  toQuery: (params: { clusters: string[] }) => term('cluster', params.clusters),
};

const inDatacenter = {
  name: 'IN_DATACENTER',
  paramsSchema: z.object({
    datacenters: names.describe('ids of sites; * stands for any characters'),
  }),
  toQuery: (params: { datacenters: string[] }) =>
    term('datacenter', params.datacenters),
};

const inNamespace = {
  name: 'IN_NAMESPACE',
  paramsSchema: z.object({
    namespaces: names.describe(
      'names of namespaces, in whichever cluster; * stands for any characters',
    ),
  }),
  toQuery: (params: { namespaces: string[] }) =>
    term('namespace', params.namespaces),
};

export const migrationRules = {
  inCluster: createPermissionRule({
    ...inCluster,
    description: 'Allow migrations from, to or within the clusters',
    resourceRef: vmMigrationResourceRef,
    apply: (migration, params) =>
      isMigrationVisible(migration, inCluster.toQuery(params)),
  }),
  inDatacenter: createPermissionRule({
    ...inDatacenter,
    description: 'Allow migrations from, to or within the sites',
    resourceRef: vmMigrationResourceRef,
    apply: (migration, params) =>
      isMigrationVisible(migration, inDatacenter.toQuery(params)),
  }),
  inNamespace: createPermissionRule({
    ...inNamespace,
    description: 'Allow migrations from, to or within the namespaces',
    resourceRef: vmMigrationResourceRef,
    apply: (migration, params) =>
      isMigrationVisible(migration, inNamespace.toQuery(params)),
  }),
};

export const virtualMachineRules = {
  inCluster: createPermissionRule({
    ...inCluster,
    description: 'Allow virtual machines of the clusters',
    resourceRef: virtualMachineResourceRef,
    apply: (machine, params) =>
      isVirtualMachineVisible(machine, inCluster.toQuery(params)),
  }),
  inDatacenter: createPermissionRule({
    ...inDatacenter,
    description: 'Allow virtual machines of the sites',
    resourceRef: virtualMachineResourceRef,
    apply: (machine, params) =>
      isVirtualMachineVisible(machine, inDatacenter.toQuery(params)),
  }),
  inNamespace: createPermissionRule({
    ...inNamespace,
    description: 'Allow virtual machines of the namespaces',
    resourceRef: virtualMachineResourceRef,
    apply: (machine, params) =>
      isVirtualMachineVisible(machine, inNamespace.toQuery(params)),
  }),
};
