import { openApiDocument } from './openApiDocument';

const document = openApiDocument('/api/vm-migrations/v1');

/** All values of a key, however deep. */
function valuesOf(key: string, node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  return Object.entries(node).flatMap(([name, value]) =>
    name === key ? [value] : valuesOf(key, value),
  );
}

describe('openApiDocument', () => {
  it('is of version 3.1 and says where the API is', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([{ url: '/api/vm-migrations/v1' }]);
  });

  it('refers to schemas that are there', () => {
    const references = new Set(valuesOf('$ref', document));
    expect(references.size).toBeGreaterThan(10);
    for (const reference of references) {
      expect(reference).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas).toHaveProperty(
        String(reference).split('/')[3],
      );
    }
  });

  it('has no identity or pattern left that only zod needs', () => {
    expect(valuesOf('$schema', document)).toEqual([]);
    expect(valuesOf('$id', document)).toEqual([]);
    expect(document.components.schemas.IsoTime).toEqual({
      type: 'string',
      format: 'date-time',
    });
    expect(valuesOf('maximum', document.components.schemas.Migration)).toEqual(
      [],
    );
  });

  it('has one operation id for each path', () => {
    const ids = Object.values(document.paths).map(({ get }) => get.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes every parameter, and those of the path as they are in it', () => {
    for (const [path, { get }] of Object.entries(document.paths)) {
      for (const { schema, description } of get.parameters) {
        expect(description ?? schema.enum).toBeDefined();
      }
      expect(
        get.parameters
          .filter(parameter => parameter.in === 'path')
          .map(({ name }) => `{${name}}`),
      ).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  it('tells the bounds and defaults of paging', () => {
    const { parameters } = document.paths['/migrations'].get;
    expect(parameters.find(({ name }) => name === 'limit')?.schema).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 100,
    });
    expect(
      parameters.find(({ name }) => name === 'order')?.schema.default,
    ).toBe('created,desc');
  });
});
