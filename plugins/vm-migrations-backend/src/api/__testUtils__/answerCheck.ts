import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../openapi';

const document = closed(openApiDocument('/'));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(document, 'document');

/**
 * Fails when an answer is not one that the OpenAPI document promises for its path and
 * status, or has something in it that the document does not know.
 */
export function checkAnswer(path: string, status: number, body: unknown): void {
  const pattern = patternOf(path);
  const schema = [
    'document#',
    'paths',
    escape(pattern),
    'get',
    'responses',
    status,
    'content',
    'application~1json',
    'schema',
  ].join('/');
  const validate = ajv.getSchema(schema);
  if (!validate) {
    throw new Error(`GET ${pattern} may not answer ${status}`);
  }
  if (!validate(body)) {
    throw new Error(
      `GET ${pattern} answered ${status} with something else than promised: ${ajv.errorsText(
        validate.errors,
      )}`,
    );
  }
}

function patternOf(path: string): string {
  const patterns = Object.keys(openApiDocument('/').paths)
    .filter(pattern =>
      new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
    )
    .sort((a, b) => a.split('{').length - b.split('{').length);
  if (patterns.length === 0) {
    throw new Error(`There is no path for ${path}`);
  }
  return patterns[0];
}

function escape(pointer: string): string {
  return encodeURIComponent(
    pointer.replaceAll('~', '~0').replaceAll('/', '~1'),
  );
}

/** The document with every object closed for properties that it does not name. */
function closed(open: object): object {
  return JSON.parse(JSON.stringify(open), (_key, value) =>
    value?.type === 'object' &&
    value.properties &&
    value.additionalProperties === undefined
      ? { ...value, additionalProperties: false }
      : value,
  );
}
