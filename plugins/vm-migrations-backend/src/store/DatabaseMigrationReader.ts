import type { Knex } from 'knex';
import { listClusters } from './read/clusters';
import { listDatacenters } from './read/datacenters';
import { findMigrations, getMigration } from './read/getMigration';
import { listChanges } from './read/listChanges';
import { listMigrations } from './read/listMigrations';
import {
  getVirtualMachine,
  listVirtualMachines,
} from './read/listVirtualMachines';
import { getStatus } from './read/status';
import type { MigrationReader } from './types';

/** Answers the API from the database; each kind of question has a file of its own in `read`. */
export class DatabaseMigrationReader implements MigrationReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  listMigrations: MigrationReader['listMigrations'] = query =>
    listMigrations(this.#knex, query);

  getMigration: MigrationReader['getMigration'] = id =>
    getMigration(this.#knex, id);

  findMigrations: MigrationReader['findMigrations'] = reference =>
    findMigrations(this.#knex, reference);

  listVirtualMachines: MigrationReader['listVirtualMachines'] = query =>
    listVirtualMachines(this.#knex, query);

  getVirtualMachine: MigrationReader['getVirtualMachine'] = reference =>
    getVirtualMachine(this.#knex, reference);

  listClusters: MigrationReader['listClusters'] = () =>
    listClusters(this.#knex);

  listDatacenters: MigrationReader['listDatacenters'] = visible =>
    listDatacenters(this.#knex, visible);

  getStatus: MigrationReader['getStatus'] = options =>
    getStatus(this.#knex, options);

  listChanges: MigrationReader['listChanges'] = options =>
    listChanges(this.#knex, options);
}
