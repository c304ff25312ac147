import {
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

/** Allows everything, except for what a test decides otherwise, by name of permission. */
export class TestPolicy {
  readonly #decisions = new Map<string, PolicyDecision>();

  decide(permission: { name: string }, decision: PolicyDecision): void {
    this.#decisions.set(permission.name, decision);
  }

  deny(...permissions: { name: string }[]): void {
    for (const permission of permissions) {
      this.decide(permission, { result: AuthorizeResult.DENY });
    }
  }

  /** The permissions service that follows this policy. */
  serviceFactory() {
    const decide = ({ name }: { name: string }): PolicyDecision =>
      this.#decisions.get(name) ?? { result: AuthorizeResult.ALLOW };
    const permissions: PermissionsService = {
      async authorizeConditional(requests) {
        return requests.map(({ permission }) => decide(permission));
      },
      async authorize(requests) {
        return requests.map(({ permission }) => ({
          result:
            decide(permission).result === AuthorizeResult.ALLOW
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
        }));
      },
    };
    return createServiceFactory({
      service: coreServices.permissions,
      deps: {},
      factory: () => permissions,
    });
  }
}
