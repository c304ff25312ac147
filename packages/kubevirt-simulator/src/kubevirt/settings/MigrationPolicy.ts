import type { MigrationConfiguration } from './MigrationConfiguration';

/** A MigrationPolicy; it is cluster-scoped and overlays the cluster's configuration. */
export interface MigrationPolicy {
  name: string;
  /** All must match; an absent selector is no demand, but a policy needs at least one. */
  namespaceSelector?: Record<string, string>;
  virtualMachineInstanceSelector?: Record<string, string>;
  configuration: Partial<
    Pick<
      MigrationConfiguration,
      | 'allowAutoConverge'
      | 'allowPostCopy'
      | 'allowWorkloadDisruption'
      | 'bandwidthPerMigration'
      | 'completionTimeoutPerGiB'
      | 'maxDowntimeMs'
    >
  >;
}

/** Labels that decide which policy applies. */
export interface PolicySubject {
  namespaceLabels: Record<string, string>;
  instanceLabels: Record<string, string>;
}

/**
 * The policy with most matching labels; of several the one with more matching labels of
 * the instance, then the first by name.
 */
export function matchMigrationPolicy(
  policies: readonly MigrationPolicy[],
  subject: PolicySubject,
): MigrationPolicy | undefined {
  const matches = policies.flatMap(policy => {
    const namespace = matchedLabels(
      policy.namespaceSelector,
      subject.namespaceLabels,
    );
    const instance = matchedLabels(
      policy.virtualMachineInstanceSelector,
      subject.instanceLabels,
    );
    const isSelective =
      policy.namespaceSelector ?? policy.virtualMachineInstanceSelector;
    return isSelective && namespace !== undefined && instance !== undefined
      ? [{ policy, total: namespace + instance, instance }]
      : [];
  });
  matches.sort(
    (a, b) =>
      b.total - a.total ||
      b.instance - a.instance ||
      (a.policy.name < b.policy.name ? -1 : 1),
  );
  return matches[0]?.policy;
}

/** How many labels are demanded and there; undefined when one is missing. */
function matchedLabels(
  selector: Record<string, string> | undefined,
  labels: Record<string, string>,
): number | undefined {
  const demands = Object.entries(selector ?? {});
  return demands.every(([key, value]) => labels[key] === value)
    ? demands.length
    : undefined;
}
