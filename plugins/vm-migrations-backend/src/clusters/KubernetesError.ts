import { CustomErrorBase } from '@backstage/errors';
import { z } from 'zod';

const statusSchema = z.object({
  kind: z.literal('Status').optional(),
  code: z.number().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z.object({ retryAfterSeconds: z.number().optional() }).optional(),
});

/** Longer texts are pages of proxies and the like; a sentence is enough. */
const MAX_MESSAGE_LENGTH = 500;

function retryAfterMs(header: string | undefined): number | undefined {
  // The other form, a date, is not used by API servers.
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0
    ? seconds * 1000
    : undefined;
}

/**
 * What an API server says instead of an answer: the Status object of an HTTP response, or
 * of an ERROR event in a watch.
 */
export class KubernetesError extends CustomErrorBase {
  name = 'KubernetesError' as const;
  /** HTTP status, also of an ERROR event; 0 when the server named none. */
  readonly status: number;
  /** Kubernetes' word for it, for example `Forbidden` or `Expired`. */
  readonly reason?: string;
  /** How long the server wants not to be asked again. */
  readonly retryAfterMs?: number;
  /** It came as an event of a watch that had been accepted. */
  readonly inStream: boolean;

  constructor(
    message: string,
    options: {
      status: number;
      reason?: string;
      retryAfterMs?: number;
      inStream?: boolean;
    },
  ) {
    super(message.slice(0, MAX_MESSAGE_LENGTH));
    this.status = options.status;
    this.reason = options.reason;
    this.retryAfterMs = options.retryAfterMs;
    this.inStream = options.inStream ?? false;
  }

  /** From the object of an ERROR event. */
  static fromEvent(object: unknown): KubernetesError {
    const { data = {} } = statusSchema.safeParse(object);
    const seconds = data.details?.retryAfterSeconds;
    return new KubernetesError(
      data.message ?? 'The API server gives no reason',
      {
        status: data.code ?? 0,
        reason: data.reason,
        retryAfterMs: seconds === undefined ? undefined : seconds * 1000,
        inStream: true,
      },
    );
  }

  /** From a response that is no success; the body may be anything. */
  static fromResponse(response: {
    status: number;
    body: string;
    retryAfter?: string;
  }): KubernetesError {
    const { status, body } = response;
    let data: z.infer<typeof statusSchema> = {};
    try {
      data = statusSchema.safeParse(JSON.parse(body)).data ?? {};
    } catch {
      // Not from the API server itself, or one of its plain texts ("404 page not found").
      data = { message: /^\s*</.test(body) ? undefined : body.trim() };
    }
    const seconds = data.details?.retryAfterSeconds;
    return new KubernetesError(data.message || `HTTP status ${status}`, {
      status,
      reason: data.reason,
      retryAfterMs:
        retryAfterMs(response.retryAfter) ??
        (seconds === undefined ? undefined : seconds * 1000),
    });
  }
}
