import { databaseErrorText } from './databaseErrorText';

describe('databaseErrorText', () => {
  it('leaves out the statement that Knex puts in front', () => {
    expect(
      databaseErrorText(
        new Error(
          `insert into "legs" select '${'x'.repeat(
            100_000,
          )}' - NOT NULL constraint failed: legs.uid`,
        ),
      ),
    ).toBe('NOT NULL constraint failed: legs.uid');
  });

  it('keeps what is no statement', () => {
    expect(databaseErrorText(new Error('connect ECONNREFUSED'))).toBe(
      'Error: connect ECONNREFUSED',
    );
  });

  it('cuts what is too long for a log', () => {
    expect(databaseErrorText(new Error('y'.repeat(10_000))).length).toBe(501);
  });
});
