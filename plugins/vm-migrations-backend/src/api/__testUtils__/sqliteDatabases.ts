import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../../store';

/**
 * For tests that do not care about SQL: to be called once where tests are declared; what is
 * returned gives a new database in memory.
 */
export function sqliteDatabases(): () => Promise<Knex> {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  return async () => {
    const knex = await databases.init('SQLITE_3');
    return openDatabase({ getClient: async () => knex });
  };
}
