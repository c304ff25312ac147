import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

/*
 * Recorded and composed watch events as files: what a watcher received, event by event.
 *
 * - NDJSON: one watch event a line, `{observedAt, cluster, resource, type, object}`.
 * - YAML: one object a document, whole, in time order; annotations
 *   `fixture.invalid/{cluster,event,observed-at,…}` say where and how it was seen and are
 *   taken off. A document without them is an object that simply exists in the default cluster.
 */

/** Cluster of documents that name none. */
const DEFAULT_CLUSTER = 'cluster-a';

const ANNOTATION_PREFIX = 'fixture.invalid/';

const PLURALS: Record<string, string> = {
  VirtualMachineInstanceMigration: 'virtualmachineinstancemigrations',
  VirtualMachineInstance: 'virtualmachineinstances',
  VirtualMachine: 'virtualmachines',
};

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    // YAML 1.2 reads an unquoted `08` as a number; Kubernetes' annotations are text.
    annotations: z.record(z.string(), z.coerce.string()).optional(),
  }),
});

/** An object as a sequence holds it. */
export type SequenceObject = z.infer<typeof objectSchema>;

const typeSchema = z.enum(['ADDED', 'MODIFIED', 'DELETED']);

const lineSchema = z.object({
  cluster: z.string(),
  resource: z.string(),
  type: typeSchema,
  object: objectSchema,
});

/** One watch event of one cluster. */
export interface SequenceEvent {
  cluster: string;
  /** Plural name of the resource. */
  resource: string;
  type: z.infer<typeof typeSchema>;
  object: SequenceObject;
}

/**
 * The events of a file in their order. Events of other resources than KubeVirt's three
 * (core events, pods) are left out.
 *
 * @param text - content of the file
 * @param name - name of the file: its ending decides the format, and errors name it
 * @throws Error when a line or document is not such an event
 */
export function readSequence(text: string, name: string): SequenceEvent[] {
  const events = name.endsWith('json')
    ? readLines(text, name)
    : readDocuments(text, name);
  const known = new Set(Object.values(PLURALS));
  return events.filter(event => known.has(event.resource));
}

function readLines(text: string, name: string): SequenceEvent[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) =>
      parse(lineSchema, JSON.parse(line), `${name}, line ${number}`),
    );
}

function readDocuments(text: string, name: string): SequenceEvent[] {
  const seen = new Set<string>();
  return parseAllDocuments(text).flatMap((document, index) => {
    const where = `${name}, document ${index + 1}`;
    const [error] = document.errors;
    if (error) {
      throw new Error(`${where} is not YAML: ${error.message}`);
    }
    const content: unknown = document.toJS();
    if (content === null) {
      return [];
    }
    const object = parse(objectSchema, content, where);
    const { metadata } = object;
    const marks = metadata.annotations ?? {};
    const annotations = Object.fromEntries(
      Object.entries(marks).filter(
        ([key]) => !key.startsWith(ANNOTATION_PREFIX),
      ),
    );
    const cluster = marks[`${ANNOTATION_PREFIX}cluster`] ?? DEFAULT_CLUSTER;
    const key = `${cluster}/${object.kind}/${metadata.namespace}/${metadata.name}/${metadata.uid}`;
    const type =
      marks[`${ANNOTATION_PREFIX}event`] ??
      (seen.has(key) ? 'MODIFIED' : 'ADDED');
    seen.add(key);
    return [
      {
        cluster,
        resource: PLURALS[object.kind] ?? object.kind,
        type: parse(typeSchema, type, `${where}, event`),
        object: {
          ...object,
          metadata: {
            ...metadata,
            annotations: Object.keys(annotations).length
              ? annotations
              : undefined,
          },
        },
      },
    ];
  });
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new Error(
      `${where} is not a watch event: ${z.prettifyError(result.error)}`,
    );
  }
  return result.data;
}
