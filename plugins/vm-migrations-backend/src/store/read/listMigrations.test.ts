import type { Knex } from 'knex';
import type {
  FilterExpression,
  Migration,
} from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../../__testUtils__/databases';
import {
  batchOf,
  migrationObservation,
  timeAt,
} from '../../__testUtils__/observations';
import { MigrationWriter } from '../MigrationWriter';
import type { MigrationQuery, Order } from '../types';
import { listMigrations } from './listMigrations';

const BY_CREATION: Order = { field: 'created', direction: 'desc' };

describeEachDatabase('listMigrations', createDatabase => {
  let knex: Knex;
  let writer: MigrationWriter;

  beforeAll(async () => {
    knex = await createDatabase();
    writer = new MigrationWriter(knex);
    for (let index = 0; index < 25; index++) {
      const ended = index % 3 === 0;
      await writer.apply(
        batchOf({
          observations: [
            migrationObservation({
              uid: `m${String(index).padStart(2, '0')}`,
              version: index + 1,
              facts: {
                vmiName: `VM-${(index * 7) % 5}`,
                createdAt: timeAt(Math.floor(index / 4)),
                startedAt: index % 2 ? timeAt(40 - index) : undefined,
                phase: ended ? 'Succeeded' : 'Running',
                endedAt: ended ? timeAt(60 - index) : undefined,
              },
            }),
          ],
        }),
      );
    }
  });

  async function pages(query: Omit<MigrationQuery, 'cursor'>) {
    const found: Migration[][] = [];
    let cursor: string | undefined;
    do {
      const page = await listMigrations(knex, { ...query, cursor });
      found.push(page.items);
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    return found;
  }

  function valueOf(migration: Migration, field: Order['field']) {
    switch (field) {
      case 'vm':
        return migration.vm.name;
      case 'duration':
        return migration.durationMs ?? Infinity;
      default:
        return Date.parse(migration[`${field}At`] ?? '9999-01-01');
    }
  }

  it.each(
    (
      ['created', 'started', 'ended', 'updated', 'duration', 'vm'] as const
    ).flatMap(field => [
      { field, direction: 'asc' as const },
      { field, direction: 'desc' as const },
    ]),
  )('gives every migration once in order $field $direction', async order => {
    const found = await pages({ order, limit: 4 });
    const items = found.flat();

    expect(found).toHaveLength(7);
    expect(new Set(items.map(({ id }) => id)).size).toBe(25);
    expect(items).toEqual(
      [...items].sort((a, b) => {
        const [left, right] = [a, b].map(
          item => [valueOf(item, order.field), item.id] as const,
        );
        const sign = order.direction === 'asc' ? 1 : -1;
        if (left[0] === right[0]) {
          return left[1] < right[1] ? -sign : sign;
        }
        return left[0] < right[0] ? -sign : sign;
      }),
    );
  });

  it('has no further page when the last one is just full', async () => {
    expect(await pages({ order: BY_CREATION, limit: 25 })).toHaveLength(1);
  });

  it('neither repeats nor skips when migrations come between two pages', async () => {
    const first = await listMigrations(knex, { order: BY_CREATION, limit: 10 });
    await writer.apply(
      batchOf({
        observations: [
          migrationObservation({
            uid: 'new',
            version: 100,
            facts: { createdAt: timeAt(500) },
          }),
        ],
      }),
    );
    const second = await listMigrations(knex, {
      order: BY_CREATION,
      limit: 100,
      cursor: first.pageInfo.nextCursor,
    });
    const ids = [...first.items, ...second.items].map(({ id }) => id);

    expect(ids).toHaveLength(25);
    expect(new Set(ids).size).toBe(25);
    expect(second.totalItems).toBe(26);
  });

  it('takes a cursor again when only the bounds of time have moved on', async () => {
    const since = (from: string): FilterExpression => ({
      type: 'time',
      time: 'created',
      from,
    });
    const { pageInfo } = await listMigrations(knex, {
      filter: since(timeAt(0)),
      order: BY_CREATION,
      limit: 3,
    });
    const next = await listMigrations(knex, {
      filter: since(timeAt(1)),
      order: BY_CREATION,
      limit: 3,
      cursor: pageInfo.nextCursor,
    });

    expect(next.items).toHaveLength(3);
  });

  describe('refuses a cursor that is', () => {
    const filter: FilterExpression = {
      type: 'term',
      key: 'outcome',
      values: ['active'],
    };

    it.each([
      ['no cursor', 'nonsense'],
      ['empty', ''],
      ['of another form', Buffer.from('["a","b"]').toString('base64url')],
    ])('%s', async (_, cursor) => {
      await expect(
        listMigrations(knex, { order: BY_CREATION, limit: 3, cursor }),
      ).rejects.toThrow("Parameter 'cursor'");
    });

    it('of another order or filter', async () => {
      const { pageInfo } = await listMigrations(knex, {
        order: BY_CREATION,
        limit: 3,
        filter,
      });
      const cursor = pageInfo.nextCursor;

      await expect(
        listMigrations(knex, { order: BY_CREATION, limit: 3, cursor }),
      ).rejects.toThrow("Parameter 'cursor'");
      await expect(
        listMigrations(knex, {
          order: { field: 'created', direction: 'asc' },
          limit: 3,
          filter,
          cursor,
        }),
      ).rejects.toThrow("Parameter 'cursor'");
    });
  });
});
