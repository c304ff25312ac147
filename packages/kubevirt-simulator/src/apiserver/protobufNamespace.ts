/**
 * `kubectl create namespace` sends protobuf, its only request to speak no JSON. A
 * Namespace is read for its sake: an envelope with the type, and inside it the object, of
 * which name and labels are what a client can say.
 */
import { StatusError } from '../store';

const MAGIC = 'k8s\0';

/** Numbers of fields in the published messages of Kubernetes. */
const ENVELOPE = { typeMeta: 1, raw: 2 };
const TYPE_META = { apiVersion: 1, kind: 2 };
const NAMESPACE = { metadata: 1 };
const OBJECT_META = { name: 1, generateName: 2, labels: 11, annotations: 12 };
const MAP_ENTRY = { key: 1, value: 2 };

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** @throws StatusError 415 when it is anything but a Namespace */
export function parseProtobufNamespace(body: Buffer): object {
  if (body.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) {
    throw unsupported();
  }
  const envelope = readFields(body.subarray(MAGIC.length));
  const type = readFields(bytesOf(envelope, ENVELOPE.typeMeta));
  const kind = textOf(type, TYPE_META.kind);
  if (kind !== 'Namespace') throw unsupported();

  const namespace = readFields(bytesOf(envelope, ENVELOPE.raw));
  const metadata = readFields(bytesOf(namespace, NAMESPACE.metadata));
  return {
    apiVersion: textOf(type, TYPE_META.apiVersion),
    kind,
    metadata: {
      name: textOf(metadata, OBJECT_META.name),
      generateName: textOf(metadata, OBJECT_META.generateName),
      labels: mapOf(metadata, OBJECT_META.labels),
      annotations: mapOf(metadata, OBJECT_META.annotations),
    },
  };
}

type Fields = Map<number, Buffer[]>;

/** The length-delimited fields of a message by their numbers; numbers among them are skipped. */
function readFields(message: Buffer): Fields {
  const fields: Fields = new Map();
  let position = 0;
  const readVarint = () => {
    let value = 0;
    let factor = 1;
    for (;;) {
      if (position >= message.length) throw unsupported();
      const byte = message[position];
      position += 1;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  };
  while (position < message.length) {
    const tag = readVarint();
    const wireType = tag % 8;
    const value = readVarint();
    if (wireType === VARINT) continue;
    if (wireType !== LENGTH_DELIMITED) throw unsupported();
    const number = Math.floor(tag / 8);
    const bytes = message.subarray(position, position + value);
    fields.set(number, [...(fields.get(number) ?? []), bytes]);
    position += value;
  }
  return fields;
}

function bytesOf(fields: Fields, number: number): Buffer {
  return fields.get(number)?.at(-1) ?? Buffer.alloc(0);
}

/** An empty text is how protobuf leaves a field out. */
function textOf(fields: Fields, number: number): string | undefined {
  return bytesOf(fields, number).toString('utf8') || undefined;
}

function mapOf(fields: Fields, number: number): Record<string, string> {
  const entries = (fields.get(number) ?? []).map(entry => {
    const parts = readFields(entry);
    const key = bytesOf(parts, MAP_ENTRY.key).toString('utf8');
    return [key, bytesOf(parts, MAP_ENTRY.value).toString('utf8')];
  });
  return Object.fromEntries(entries);
}

function unsupported(): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
  );
}
