// @ts-check

const { randomUUID } = require('node:crypto');

/**
 * The record. What was told is kept apart from what was concluded: `legs` holds every fact
 * of every migration object, `migrations` what the current rules derive from them, and can
 * be derived again.
 *
 * - Whole objects are JSON text. Only what is filtered, sorted or counted is a column of its
 *   own, and no such column of a record is null: an unknown name is '', an unknown time or
 *   duration the greatest safe integer. So `not` is the plain opposite in SQL too, and both
 *   databases sort what is not known yet behind everything that is.
 * - Times are milliseconds since 1970 as bigint: 8 bytes in every index, compared without a
 *   collation.
 * - Text compares byte by byte in both databases ("C" in PostgreSQL, SQLite's default), so
 *   that pages are cut at the same place whatever the locale of the server is.
 * - Flags are 0 or 1 in both, because SQLite uses a partial index only for a literal.
 * - `position` is the place in the change feed of a row's last change; `feed` has the last
 *   one given out, and its row is the lock under which all of them are.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const textType = knex.client.config.client.includes('sqlite3')
    ? 'text'
    : 'text collate "C"';

  /**
   * @param {import('knex').Knex.CreateTableBuilder} table
   * @param {string} name
   */
  const text = (table, name) => table.specificType(name, textType);

  await knex.schema.createTable('feed', table => {
    text(table, 'id')
      .primary()
      .comment('Random; another one means another history');
    table.bigInteger('position').notNullable();
  });
  await knex('feed').insert({ id: randomUUID(), position: 0 });

  await knex.schema.createTable('datacenters', table => {
    text(table, 'id').primary();
    table.integer('ordinal').notNullable().comment('Order of configuration');
    table.text('data').notNullable().comment('As it is configured, JSON');
  });

  await knex.schema.createTable('clusters', table => {
    text(table, 'name').primary();
    table.text('title');
    text(table, 'datacenter').comment('The last one, if no longer configured');
    table.smallint('configured').notNullable();
    table.text('health').notNullable().comment('JSON, one entry per resource');
    table.bigInteger('blind_since');
    table.bigInteger('position').notNullable().index();
  });

  await knex.schema.createTable('watch_positions', table => {
    text(table, 'cluster').notNullable();
    text(table, 'resource').notNullable();
    table.text('resource_version').notNullable();
    table.bigInteger('observed_at').notNullable();
    table.primary(['cluster', 'resource']);
  });

  await knex.schema.createTable('leases', table => {
    text(table, 'cluster').primary();
    text(table, 'holder').notNullable().index().comment('Replica; or empty');
    table.bigInteger('expires_at').notNullable().comment("Database's clock");
    table.bigInteger('fencing').notNullable().comment('Grows with each claim');
  });

  await knex.schema.createTable('replicas', table => {
    text(table, 'id').primary();
    table.bigInteger('expires_at').notNullable().comment("Database's clock");
  });

  await knex.schema.createTable('legs', table => {
    text(table, 'uid').notNullable();
    text(table, 'cluster').notNullable();
    text(table, 'own_id')
      .notNullable()
      .comment('Id of the record of which this leg is the first');
    text(table, 'migration_id').comment('Record that it belongs to, if any');
    text(table, 'namespace').notNullable();
    text(table, 'name').notNullable();
    text(table, 'vmi_name').notNullable();
    text(table, 'migration_key').comment('What the halves of a pair share');
    table.smallint('active').notNullable().comment('Its record is under way');
    table.smallint('present').notNullable().comment('Its object exists');
    text(table, 'awaited_instance').comment(
      'Virtual machine whose instance may still tell the source node',
    );
    table.text('data').notNullable();
    table.primary(['uid', 'cluster']);
    table.index(['name', 'namespace', 'cluster']);
    table.index(['migration_key'], 'legs_migration_key_index', {
      predicate: knex.whereNotNull('migration_key'),
    });
    table.index(['vmi_name'], 'legs_active_index', {
      predicate: knex.whereRaw('active = 1'),
    });
    table.index(['awaited_instance'], 'legs_awaited_instance_index', {
      predicate: knex.whereNotNull('awaited_instance'),
    });
    table.index(['cluster'], 'legs_present_index', {
      predicate: knex.whereRaw('present = 1'),
    });
  });

  await knex.schema.createTable('migrations', table => {
    text(table, 'id').primary();
    for (const name of [
      'outcome',
      'phase',
      'kind',
      'vm_name',
      'source_cluster',
      'source_namespace',
      'source_node',
      'target_cluster',
      'target_namespace',
      'target_node',
    ]) {
      text(table, name).notNullable();
    }
    for (const name of [
      'created_at',
      'started_at',
      'ended_at',
      'duration_ms',
      'updated_at',
    ]) {
      table.bigInteger(name).notNullable();
      table.index([name, 'id']);
    }
    table.bigInteger('position').notNullable().index();
    table.integer('derivation_version').notNullable().index();
    table.text('search').notNullable().comment('Lower case, for free text');
    table.text('data').notNullable();
    table.index(['vm_name', 'id']);
    for (const name of [
      'outcome',
      'phase',
      'kind',
      'source_cluster',
      'source_namespace',
      'source_node',
      'target_cluster',
      'target_namespace',
      'target_node',
    ]) {
      table.index([name, 'created_at', 'id']);
    }
  });

  await knex.schema.createTable('migration_merges', table => {
    text(table, 'id').primary().comment('No longer a record of its own');
    text(table, 'into_id').notNullable();
    table.bigInteger('position').notNullable().index();
  });

  await knex.schema.createTable('virtual_machines', table => {
    text(table, 'id').primary().comment('cluster/namespace/name');
    text(table, 'cluster').notNullable().index();
    text(table, 'namespace').notNullable().index();
    text(table, 'name').notNullable().index();
    table.text('machine').comment('JSON; null while there is no such object');
    table.bigInteger('machine_version').notNullable();
    table.text('instance').comment('JSON; null while there is no such object');
    table.bigInteger('instance_version').notNullable();
    table.text('whereabouts').notNullable().comment('Of the instance, JSON');
    text(table, 'status').notNullable().index();
    text(table, 'phase').notNullable().index();
    text(table, 'node').notNullable().index();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.text('search').notNullable();
    table.smallint('deleted').notNullable();
    table.bigInteger('position').notNullable().index();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'virtual_machines',
    'migration_merges',
    'migrations',
    'legs',
    'replicas',
    'leases',
    'watch_positions',
    'clusters',
    'datacenters',
    'feed',
  ]) {
    await knex.schema.dropTable(table);
  }
};
