/** What can go wrong on the way between a cluster and its clients, switched on from outside. */
import { z } from 'zod';

const VERBS = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
] as const;

const matchSchema = z.strictObject({
  /** Plural of a resource. */
  resource: z.string().optional(),
  verb: z.enum(VERBS).optional(),
  namespace: z.string().optional(),
});

/** Which requests are struck; all when absent. */
const match = matchSchema.optional();
/** How often the fault strikes before it is over; until it is switched off when absent. */
const times = z.number().int().positive().optional();

export const faultSchema = z.discriminatedUnion('kind', [
  /** At once: every connection breaks. */
  z.strictObject({ kind: z.literal('drop-connections') }),
  /** Every new connection breaks as soon as it is made, as where no server listens. */
  z.strictObject({ kind: z.literal('refuse-connections') }),
  /**
   * Requests are taken and never answered, open watches fall silent: half-open. What was
   * held back is sent when the fault is switched off.
   */
  z.strictObject({ kind: z.literal('stall'), match }),
  /** Requests get this answer in place of their own. */
  z.strictObject({
    kind: z.literal('respond'),
    code: z.union([
      z.literal(401),
      z.literal(403),
      z.literal(404),
      z.literal(410),
      z.literal(429),
      z.literal(500),
      z.literal(503),
      z.literal(504),
    ]),
    /** Sent as Retry-After and in the Status. */
    retryAfterSeconds: z.number().int().nonnegative().optional(),
    times,
    match,
  }),
  /** Requests are answered late. */
  z.strictObject({
    kind: z.literal('delay'),
    delayMs: z.number().nonnegative(),
    times,
    match,
  }),
  /** The connection breaks in the midst of a watch event; once, when `times` is absent. */
  z.strictObject({ kind: z.literal('truncate-watch-event'), times, match }),
  /** An annotation makes a watch event this large; once, when `times` is absent. */
  z.strictObject({
    kind: z.literal('oversize-watch-event'),
    bytes: z.number().int().positive(),
    times,
    match,
  }),
  /** At once: open watches get an ERROR event and end. */
  z.strictObject({
    kind: z.literal('end-watches'),
    code: z.union([
      z.literal(410),
      z.literal(429),
      z.literal(500),
      z.literal(503),
      z.literal(504),
    ]),
    match,
  }),
  /** At once: the history is forgotten, so that older resource versions get 410. */
  z.strictObject({ kind: z.literal('compact') }),
  /**
   * The resource is not installed: 404, not in discovery, its watches end. Its objects are
   * there again when the fault is switched off.
   */
  z.strictObject({ kind: z.literal('absent'), resource: z.string() }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultMatch = z.infer<typeof matchSchema>;
export type ErrorCode = Extract<Fault, { kind: 'respond' }>['code'];
