import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import type { MigrationReader, Visible } from '../store/types';
import { isMigrationVisible } from './permissions';

/** More than these are of no help in a message. */
const MAX_CANDIDATES = 20;

/** Where a migration object is or was. */
export interface MigrationObject {
  cluster: string;
  namespace: string;
  name: string;
}

/** A name that several migrations had. The candidates reach the client. */
class AmbiguousNameError extends ConflictError {
  readonly candidates: (MigrationObject & { id: string; createdAt: string })[];

  constructor(name: string, migrations: Migration[]) {
    const candidates = migrations
      .slice(0, MAX_CANDIDATES)
      .flatMap(({ id, legs }) =>
        legs
          .filter(leg => leg.name === name)
          .map(({ cluster, namespace, createdAt }) => ({
            id,
            cluster,
            namespace,
            name,
            createdAt,
          })),
      );
    const references = candidates.map(
      ({ id, cluster, namespace }) => `${cluster}/${namespace}/${name} (${id})`,
    );
    super(
      `'${name}' is the name of ${
        migrations.length
      } migrations; ask for one of ${references.join(', ')}`,
    );
    this.candidates = candidates;
  }
}

/**
 * The migration that a reference means: id, uid of an object, `cluster/namespace/name` of an
 * object, or the bare name of one. What the caller may not see is not told from what is not
 * there, as in the catalog.
 *
 * @throws NotFoundError, or ConflictError with `candidates` for a name of several migrations
 */
export async function findMigration(
  reader: MigrationReader,
  reference: string,
  visible: Visible,
): Promise<Migration> {
  const [cluster, namespace, name, ...more] = reference.split('/');
  if (name && more.length === 0) {
    return findMigrationByObject(reader, { cluster, namespace, name }, visible);
  }
  const migration = await reader.getMigration(reference);
  if (migration && isMigrationVisible(migration, visible)) {
    return migration;
  }
  const named = (await reader.findMigrations({ name: reference })).filter(
    candidate => isMigrationVisible(candidate, visible),
  );
  if (named.length > 1) {
    throw new AmbiguousNameError(reference, named);
  }
  return named.at(0) ?? notFound(reference);
}

/**
 * The migration of an object. Names can be used again once an object is gone; the newest of
 * them is meant.
 *
 * @throws NotFoundError
 */
export async function findMigrationByObject(
  reader: MigrationReader,
  object: MigrationObject,
  visible: Visible,
): Promise<Migration> {
  const migrations = await reader.findMigrations(object);
  return (
    migrations.find(candidate => isMigrationVisible(candidate, visible)) ??
    notFound(`${object.cluster}/${object.namespace}/${object.name}`)
  );
}

function notFound(reference: string): never {
  throw new NotFoundError(
    `There is no migration '${reference}': neither an id, the uid of a VirtualMachineInstanceMigration, its cluster/namespace/name nor its name`,
  );
}
