import {
  changeSchema,
  changesPageSchema,
  clusterListSchema,
  clusterSchema,
  coordinatesSchema,
  datacenterListSchema,
  datacenterSchema,
  directionSchema,
  isoTimeSchema,
  legSchema,
  migrationKindSchema,
  migrationListSchema,
  migrationSchema,
  outcomeSchema,
  phaseTransitionSchema,
  placeSchema,
  resourceHealthSchema,
  statusSchema,
  virtualMachineListSchema,
  virtualMachineSchema,
} from 'backstage-plugin-vm-migrations-common';
import { z } from 'zod';

const errorSchema = z
  .object({
    error: z.looseObject({
      name: z.string().describe('for example InputError'),
      message: z.string(),
      position: z
        .number()
        .int()
        .optional()
        .describe('of a mistake in a filter: index of the character'),
      expected: z
        .array(z.string())
        .optional()
        .describe('of a mistake in a filter: what could stand there'),
      candidates: z
        .array(z.looseObject({ id: z.string() }))
        .optional()
        .describe('of an ambiguous name: the records that it could mean'),
    }),
    request: z.object({ method: z.string(), url: z.string() }).optional(),
    response: z.object({ statusCode: z.number().int() }),
  })
  .describe('the form of errors in Backstage');

const schemas = {
  Change: changeSchema,
  ChangesPage: changesPageSchema,
  Cluster: clusterSchema,
  ClusterList: clusterListSchema,
  Coordinates: coordinatesSchema,
  Datacenter: datacenterSchema,
  DatacenterList: datacenterListSchema,
  Direction: directionSchema,
  Error: errorSchema,
  IsoTime: isoTimeSchema,
  Migration: migrationSchema,
  MigrationKind: migrationKindSchema,
  MigrationLeg: legSchema,
  MigrationList: migrationListSchema,
  Outcome: outcomeSchema,
  PhaseTransition: phaseTransitionSchema,
  Place: placeSchema,
  ResourceHealth: resourceHealthSchema,
  Status: statusSchema,
  VirtualMachine: virtualMachineSchema,
  VirtualMachineList: virtualMachineListSchema,
};

export type SchemaName = keyof typeof schemas;

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A reference to one of the {@link componentSchemas}. */
export function schemaRef(name: SchemaName): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** JSON Schema of a zod schema without what only zod itself needs. */
export function toJsonSchema(schema: z.core.$ZodType): JsonSchema {
  return withoutIdentity(
    z.toJSONSchema(schema, { io: 'input', override: simplify }),
  );
}

/** The schemas of all answers, made from the schemas that the types come from. */
export function componentSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) {
    registry.add(schema, { id });
  }
  const generated = z.toJSONSchema(registry, {
    io: 'input',
    uri: id => `#/components/schemas/${id}`,
    override: simplify,
  });
  return Object.fromEntries(
    Object.entries(generated.schemas).map(([name, schema]) => [
      name,
      withoutIdentity(schema),
    ]),
  );
}

// In OpenAPI the place in the document is the identity of a schema.
function withoutIdentity(schema: JsonSchema): JsonSchema {
  const { $schema, $id, ...rest } = schema;
  return rest;
}

// The format says it better than the regular expression, and every integer is a safe one.
function simplify({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.format === 'date-time') {
    delete jsonSchema.pattern;
  }
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) {
    delete jsonSchema.minimum;
  }
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.maximum;
  }
}
