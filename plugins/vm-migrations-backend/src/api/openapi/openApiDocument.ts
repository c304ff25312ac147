import type { Operation } from './operation';
import { paths } from './paths';
import { componentSchemas, type JsonSchema } from './schemas';

/** An OpenAPI document, as far as this API has use for it. */
export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  servers: { url: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, { get: Operation }>;
  components: {
    schemas: Record<string, JsonSchema>;
    securitySchemes: Record<string, Record<string, string>>;
  };
}

/**
 * The OpenAPI document of the API: requests are validated by it, and tests hold every
 * answer to it.
 *
 * @param url - where the API is mounted; paths are below it
 */
export function openApiDocument(url: string): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'vm-migrations',
      summary: 'What became of every migration of a KubeVirt virtual machine',
      version: '1',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url }],
    security: [{ backstage: [] }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        backstage: {
          type: 'http',
          scheme: 'bearer',
          description: 'A Backstage token of a user or a service.',
        },
      },
    },
  };
}
