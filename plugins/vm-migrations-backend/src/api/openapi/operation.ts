import { z } from 'zod';
import {
  schemaRef,
  toJsonSchema,
  type JsonSchema,
  type SchemaName,
} from './schemas';

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
  allowReserved?: boolean;
  allowEmptyValue?: boolean;
}

export interface Response {
  description: string;
  content?: Record<string, { schema: JsonSchema }>;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters: Parameter[];
  responses: Record<string, Response>;
}

const REFUSALS = {
  400: 'A parameter is not known, or not what it may be; the message names it.',
  401: 'There is no valid token.',
  403: 'The caller lacks the permission.',
  404: 'There is no such record, or the caller may not see it.',
  409: 'The name fits several records; `error.candidates` lists them.',
  503: 'Too many callers wait for changes already.',
} as const;

/** A route as it is written down: what is the same for all of them is left out. */
export interface Route {
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  /** Parameters of the path: what each is, or a schema that says so itself. */
  path?: Record<string, string | z.ZodType>;
  query?: z.ZodObject;
  headers?: Parameter[];
  answer: SchemaName | Response;
  refusals?: Array<keyof typeof REFUSALS>;
}

/** The route as an operation of OpenAPI. */
export function operationOf(route: Route): Operation {
  const { operationId, tag, summary, description, answer } = route;
  const parameters = [
    ...Object.entries(route.path ?? {}).map(pathParameter),
    ...Object.entries(route.query?.shape ?? {}).map(queryParameter),
    ...(route.headers ?? []),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description && { description }),
    parameters,
    responses: {
      200:
        typeof answer === 'string'
          ? jsonResponse('The answer.', answer)
          : answer,
      ...Object.fromEntries(
        ([400, 401, 403, ...(route.refusals ?? [])] as const).map(status => [
          status,
          jsonResponse(REFUSALS[status], 'Error'),
        ]),
      ),
    },
  };
}

function jsonResponse(description: string, schema: SchemaName): Response {
  return {
    description,
    content: { 'application/json': { schema: schemaRef(schema) } },
  };
}

function pathParameter([name, what]: [string, string | z.ZodType]): Parameter {
  const { description, ...schema } = toJsonSchema(
    typeof what === 'string' ? z.string().describe(what) : what,
  );
  return { name, in: 'path', required: true, description, schema };
}

function queryParameter([name, type]: [string, z.core.$ZodType]): Parameter {
  const { description, ...schema } = toJsonSchema(type);
  return {
    name,
    in: 'query',
    required: false,
    description,
    schema,
    // Filters and times are full of colons and commas; nobody should have to encode them.
    allowReserved: true,
    ...(name === 'filter' && { allowEmptyValue: true }),
  };
}
