import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../store';

/** The databases that the plugin supports: in memory, and a PostgreSQL if one is given. */
const IDS = ['SQLITE_3', 'POSTGRES_18'] as const;

/**
 * Declares the same tests for each database that is there. PostgreSQL takes part when
 * BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING says where it is.
 *
 * @param tests - `createDatabase` gives a new database with the plugin's tables
 */
export function describeEachDatabase(
  name: string,
  tests: (
    createDatabase: () => Promise<Knex>,
    id: (typeof IDS)[number],
  ) => void,
): void {
  const databases = TestDatabases.create({ ids: [...IDS] });
  for (const id of IDS) {
    if (databases.supports(id)) {
      describe(`${name} (${id})`, () => {
        tests(async () => {
          const knex = await databases.init(id);
          return openDatabase({ getClient: async () => knex });
        }, id);
      });
    }
  }
}
