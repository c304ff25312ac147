import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  error as validationErrors,
  middleware,
} from 'express-openapi-validator';
import { z } from 'zod';
import { openApiDocument } from './openApiDocument';

/*
 * Requests are held to the OpenAPI document by express-openapi-validator itself. The wrapper
 * in @backstage/backend-openapi-utils is not used: it serves the document as 3.0.3, answers
 * 400 to methods that a path does not have, and needs the document as a constant type, while
 * ours is made from the schemas of the model.
 */

/** What the validator leaves on a request: the operation that the request is for. */
const matchedSchema = z.object({
  openapi: z.object({
    schema: z.object({
      parameters: z.array(
        z.object({
          name: z.string(),
          in: z.string(),
          description: z.string().optional(),
        }),
      ),
    }),
  }),
});

const PLACES: Readonly<Record<string, string>> = {
  query: 'query',
  params: 'path',
  headers: 'header',
};

function explain(
  error: { message: string; errors: { path: string; message: string }[] },
  request: Request,
): string {
  const matched = matchedSchema.safeParse(request);
  const parameters = matched.data?.openapi.schema.parameters ?? [];
  const reasons = error.errors.map(({ path, message }) => {
    const [, place = '', name = ''] = path.split('/');
    const where = PLACES[place];
    if (where === undefined) {
      return message;
    }
    const parameter = parameters.find(
      candidate => candidate.name === name && candidate.in === where,
    );
    if (parameter) {
      const { description } = parameter;
      return message.includes('allowed values')
        ? `Parameter '${name}' ${message}`
        : `Parameter '${name}' ${message}: ${description}`;
    }
    const known = parameters
      .filter(candidate => candidate.in === where)
      .map(candidate => candidate.name);
    return `There is no ${where} parameter '${name}' here; ${
      known.length > 0 ? `known are ${known.join(', ')}` : 'none is known'
    }`;
  });
  return reasons.length > 0 ? reasons.join('. ') : error.message;
}

const explainRefusal: ErrorRequestHandler = (
  error,
  request,
  response,
  next,
) => {
  if (error instanceof validationErrors.NotFound) {
    next(new NotFoundError(`There is no route ${request.path}`));
  } else if (error instanceof validationErrors.BadRequest) {
    next(new InputError(explain(error, request)));
  } else {
    if (error instanceof validationErrors.MethodNotAllowed) {
      response.set('Allow', error.headers?.Allow);
    }
    next(error);
  }
};

/** Refuses what the document does not allow, with words that say what would be. */
export function requestValidation(): Array<
  RequestHandler | ErrorRequestHandler
> {
  const validate = middleware({
    // The validator changes the document that it is given, and checks its form itself.
    apiSpec: JSON.parse(JSON.stringify(openApiDocument('/'))),
    useRequestUrl: true,
    // Backstage authenticates before the router is reached.
    validateSecurity: false,
  });
  return [...validate, explainRefusal];
}
