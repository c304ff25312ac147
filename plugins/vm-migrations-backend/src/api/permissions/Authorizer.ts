import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionTransformer,
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
  type ConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  clusterReadPermission,
  vmMigrationReadPermission,
  vmReadPermission,
  type FilterExpression,
} from 'backstage-plugin-vm-migrations-common';
import {
  virtualMachineResourceRef,
  vmMigrationResourceRef,
} from 'backstage-plugin-vm-migrations-node';
import type { Request } from 'express';
import type { Visible } from '../../store/types';
import type { Visibility } from './visible';

const PERMISSIONS = {
  migrations: vmMigrationReadPermission,
  virtualMachines: vmReadPermission,
  clusters: clusterReadPermission,
} as const;

/**
 * Asks who the caller is and what they may see. A decision with conditions becomes a filter,
 * so that lists, counts and the change feed are narrowed by SQL and never afterwards.
 */
export class Authorizer {
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;
  readonly #toMigrationFilter: ConditionTransformer<FilterExpression>;
  readonly #toVirtualMachineFilter: ConditionTransformer<FilterExpression>;

  /** The resource types have to be registered by now. */
  constructor(options: {
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }) {
    const { httpAuth, permissions, permissionsRegistry } = options;
    this.#httpAuth = httpAuth;
    this.#permissions = permissions;
    this.#toMigrationFilter = createConditionTransformer(
      permissionsRegistry.getPermissionRuleset(vmMigrationResourceRef),
    );
    this.#toVirtualMachineFilter = createConditionTransformer(
      permissionsRegistry.getPermissionRuleset(virtualMachineResourceRef),
    );
  }

  /** The caller: a user or a service. */
  async credentialsOf(request: Request): Promise<BackstageCredentials> {
    return this.#httpAuth.credentials(request, { allow: ['user', 'service'] });
  }

  /**
   * What the caller may see, as of now.
   *
   * @param needed - at least one of these has to be visible, if only in part
   * @throws NotAllowedError that names the permissions
   */
  async visibleTo(
    credentials: BackstageCredentials,
    ...needed: (keyof Visibility)[]
  ): Promise<Visibility> {
    const [[migrations, virtualMachines], [clusters]] = await Promise.all([
      this.#permissions.authorizeConditional(
        [
          { permission: PERMISSIONS.migrations },
          { permission: PERMISSIONS.virtualMachines },
        ],
        { credentials },
      ),
      this.#permissions.authorize([{ permission: PERMISSIONS.clusters }], {
        credentials,
      }),
    ]);
    const visible = {
      migrations: toVisible(migrations, this.#toMigrationFilter),
      virtualMachines: toVisible(virtualMachines, this.#toVirtualMachineFilter),
      clusters: clusters.result === AuthorizeResult.ALLOW,
    };
    if (needed.every(what => visible[what] === false)) {
      throw new NotAllowedError(
        `This needs the permission ${needed
          .map(what => PERMISSIONS[what].name)
          .join(' or ')}`,
      );
    }
    return visible;
  }

  /** {@link Authorizer.visibleTo} for the caller of the request. */
  async authorize(
    request: Request,
    ...needed: (keyof Visibility)[]
  ): Promise<Visibility> {
    return this.visibleTo(await this.credentialsOf(request), ...needed);
  }
}

function toVisible(
  decision: PolicyDecision,
  transform: ConditionTransformer<FilterExpression>,
): Visible {
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return undefined;
    case AuthorizeResult.CONDITIONAL:
      return toFilter(transform(decision.conditions));
    default:
      return false;
  }
}

function toFilter(
  criteria: PermissionCriteria<FilterExpression>,
): FilterExpression {
  if (isAndCriteria(criteria)) {
    return { type: 'and', operands: criteria.allOf.map(toFilter) };
  }
  if (isOrCriteria(criteria)) {
    return { type: 'or', operands: criteria.anyOf.map(toFilter) };
  }
  if (isNotCriteria(criteria)) {
    return { type: 'not', operand: toFilter(criteria.not) };
  }
  return criteria;
}
