/**
 * What a simulated cluster serves: KubeVirt's resources as virt-operator registers them
 * (names, versions, subresources, columns) and the few of Kubernetes itself that belong
 * to a migration or that kubectl asks for.
 */
import type { PrinterColumn, ResourceDefinition } from './types';

/** What kubectl prints of a custom resource that defines no columns. */
export const AGE: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};

export const KUBEVIRT_RESOURCES: ResourceDefinition[] = [
  {
    group: 'kubevirt.io',
    version: 'v1',
    otherVersions: ['v1alpha3'],
    plural: 'virtualmachines',
    singular: 'virtualmachine',
    kind: 'VirtualMachine',
    shortNames: ['vm', 'vms'],
    categories: ['all'],
    namespaced: true,
    statusSubresource: true,
    printerColumns: [
      AGE,
      { name: 'Status', type: 'string', jsonPath: '.status.printableStatus' },
      {
        name: 'Ready',
        type: 'string',
        jsonPath: ".status.conditions[?(@.type=='Ready')].status",
      },
    ],
  },
  {
    group: 'kubevirt.io',
    version: 'v1',
    otherVersions: ['v1alpha3'],
    plural: 'virtualmachineinstances',
    singular: 'virtualmachineinstance',
    kind: 'VirtualMachineInstance',
    shortNames: ['vmi', 'vmis'],
    categories: ['all'],
    namespaced: true,
    statusSubresource: false,
    printerColumns: [
      AGE,
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      {
        name: 'IP',
        type: 'string',
        jsonPath: '.status.interfaces[0].ipAddress',
      },
      { name: 'NodeName', type: 'string', jsonPath: '.status.nodeName' },
      {
        name: 'Ready',
        type: 'string',
        jsonPath: ".status.conditions[?(@.type=='Ready')].status",
      },
      {
        name: 'Live-Migratable',
        type: 'string',
        jsonPath: ".status.conditions[?(@.type=='LiveMigratable')].status",
        priority: 1,
      },
      {
        name: 'Paused',
        type: 'string',
        jsonPath: ".status.conditions[?(@.type=='Paused')].status",
        priority: 1,
      },
    ],
  },
  {
    group: 'kubevirt.io',
    version: 'v1',
    otherVersions: ['v1alpha3'],
    plural: 'virtualmachineinstancemigrations',
    singular: 'virtualmachineinstancemigration',
    kind: 'VirtualMachineInstanceMigration',
    shortNames: ['vmim', 'vmims'],
    categories: ['all'],
    namespaced: true,
    statusSubresource: true,
    printerColumns: [
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      { name: 'VMI', type: 'string', jsonPath: '.spec.vmiName' },
    ],
  },
  {
    group: 'kubevirt.io',
    version: 'v1',
    otherVersions: ['v1alpha3'],
    plural: 'kubevirts',
    singular: 'kubevirt',
    kind: 'KubeVirt',
    shortNames: ['kv', 'kvs'],
    categories: ['all'],
    namespaced: true,
    statusSubresource: true,
    printerColumns: [
      AGE,
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    ],
  },
  {
    group: 'migrations.kubevirt.io',
    version: 'v1alpha1',
    plural: 'migrationpolicies',
    singular: 'migrationpolicy',
    kind: 'MigrationPolicy',
    shortNames: [],
    categories: ['all'],
    namespaced: false,
    statusSubresource: true,
  },
];

export const CORE_RESOURCES: ResourceDefinition[] = [
  {
    group: '',
    version: 'v1',
    plural: 'namespaces',
    singular: 'namespace',
    kind: 'Namespace',
    shortNames: ['ns'],
    namespaced: false,
    statusSubresource: true,
    printerColumns: [
      { name: 'Status', type: 'string', jsonPath: '.status.phase' },
      AGE,
    ],
    selectableFields: ['status.phase'],
  },
  {
    group: '',
    version: 'v1',
    plural: 'nodes',
    singular: 'node',
    kind: 'Node',
    shortNames: ['no'],
    namespaced: false,
    statusSubresource: true,
    printerColumns: [
      {
        name: 'Ready',
        type: 'string',
        jsonPath: ".status.conditions[?(@.type=='Ready')].status",
      },
      {
        name: 'Unschedulable',
        type: 'boolean',
        jsonPath: '.spec.unschedulable',
      },
      AGE,
      {
        name: 'Version',
        type: 'string',
        jsonPath: '.status.nodeInfo.kubeletVersion',
      },
    ],
    selectableFields: ['spec.unschedulable'],
  },
  {
    group: '',
    version: 'v1',
    plural: 'pods',
    singular: 'pod',
    kind: 'Pod',
    shortNames: ['po'],
    categories: ['all'],
    namespaced: true,
    statusSubresource: true,
    printerColumns: [
      { name: 'Status', type: 'string', jsonPath: '.status.phase' },
      { name: 'Node', type: 'string', jsonPath: '.spec.nodeName' },
      AGE,
    ],
    selectableFields: ['spec.nodeName', 'status.phase'],
  },
  {
    group: '',
    version: 'v1',
    plural: 'events',
    singular: 'event',
    kind: 'Event',
    shortNames: ['ev'],
    namespaced: true,
    statusSubresource: false,
    printerColumns: [
      { name: 'Last Seen', type: 'date', jsonPath: '.lastTimestamp' },
      { name: 'Type', type: 'string', jsonPath: '.type' },
      { name: 'Reason', type: 'string', jsonPath: '.reason' },
      { name: 'Kind', type: 'string', jsonPath: '.involvedObject.kind' },
      { name: 'Object', type: 'string', jsonPath: '.involvedObject.name' },
      { name: 'Message', type: 'string', jsonPath: '.message' },
    ],
    selectableFields: [
      'involvedObject.apiVersion',
      'involvedObject.kind',
      'involvedObject.name',
      'involvedObject.namespace',
      'involvedObject.uid',
      'reason',
      'type',
    ],
  },
  {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    plural: 'customresourcedefinitions',
    singular: 'customresourcedefinition',
    kind: 'CustomResourceDefinition',
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    namespaced: false,
    statusSubresource: true,
    printerColumns: [
      {
        name: 'Created At',
        type: 'date',
        jsonPath: '.metadata.creationTimestamp',
      },
    ],
  },
];
