import type { Clock } from '../clock';
import type { Status, StoredObject, StoreEventType } from '../store';
import type { ResponseForm } from './accept';
import { jsonOf, jsonOfObject } from './ServedResource';
import type { ServedResource } from './ServedResource';
import { TablePrinter } from './table';

/** Marks the bookmark after which a watch goes on from where its initial events end. */
const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';
/** Where an oversize event hides its weight. */
const PADDING_ANNOTATION = 'kubevirt-simulator/padding';

/** Writes the lines of one watch, in the form that its client asked for. */
export class WatchEncoder {
  readonly #resource: ServedResource;
  readonly #printer: TablePrinter | undefined;
  #sentColumns = false;

  constructor(resource: ServedResource, form: ResponseForm, clock: Clock) {
    this.#resource = resource;
    this.#printer =
      form.form === 'table'
        ? new TablePrinter(resource.definition, form.includeObject, () =>
            clock.now(),
          )
        : undefined;
  }

  event(type: StoreEventType, object: StoredObject): string {
    return lineOf(
      type,
      this.#printer
        ? this.#table(this.#printer, object)
        : jsonOf(this.#resource, object),
    );
  }

  /** An event of at least `bytes` bytes, tables included in no form but that of objects. */
  oversizeEvent(
    type: StoreEventType,
    object: StoredObject,
    bytes: number,
  ): string {
    const draft = object.draft();
    draft.metadata.annotations = {
      ...draft.metadata.annotations,
      [PADDING_ANNOTATION]: 'x'.repeat(bytes),
    };
    return lineOf(type, jsonOfObject(this.#resource, draft));
  }

  /** @param endsInitialEvents - whether all initial events have been sent by now */
  bookmark(resourceVersion: number, endsInitialEvents: boolean): string {
    const { apiVersion, definition } = this.#resource;
    const metadata = {
      ...(endsInitialEvents && {
        annotations: { [INITIAL_EVENTS_END]: 'true' },
      }),
      resourceVersion: String(resourceVersion),
    };
    const object = { apiVersion, kind: definition.kind, metadata };
    return lineOf('BOOKMARK', JSON.stringify(object));
  }

  error(status: Status): string {
    return lineOf('ERROR', JSON.stringify(status));
  }

  #table(printer: TablePrinter, object: StoredObject): string {
    const { resourceVersion } = object.object.metadata;
    const table = printer.print(
      [object],
      { resourceVersion },
      !this.#sentColumns,
    );
    this.#sentColumns = true;
    return JSON.stringify(table);
  }
}

function lineOf(type: string, json: string): string {
  return `{"type":"${type}","object":${json}}\n`;
}
