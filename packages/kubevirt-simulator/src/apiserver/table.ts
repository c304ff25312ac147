/**
 * The tabular form in which `kubectl get` asks for objects (`as=Table`): the server, which
 * knows the resource's columns, fills the cells.
 */
import type {
  KubernetesObject,
  PrinterColumn,
  ResourceDefinition,
  StoredObject,
} from '../store';
import { AGE } from '../store/resources';
import { humanDuration } from './humanDuration';
import { compileJsonPath } from './jsonPath';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

interface ColumnDefinition {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
}

export interface Table {
  kind: 'Table';
  apiVersion: 'meta.k8s.io/v1';
  metadata: {
    resourceVersion: string;
    continue?: string;
    remainingItemCount?: number;
  };
  /** Null in every event of a watch but the first. */
  columnDefinitions: ColumnDefinition[] | null;
  rows: { cells: unknown[]; object: object | null }[];
}

export class TablePrinter {
  readonly columnDefinitions: ColumnDefinition[];
  readonly #cells: ((object: KubernetesObject) => unknown)[];
  readonly #includeObject: IncludeObject;

  /** @param now - milliseconds since the epoch, for ages */
  constructor(
    definition: ResourceDefinition,
    includeObject: IncludeObject,
    now: () => number,
  ) {
    const columns = definition.printerColumns ?? [AGE];
    this.#includeObject = includeObject;
    this.columnDefinitions = [
      {
        name: 'Name',
        type: 'string',
        format: 'name',
        description: 'Unique within a namespace',
        priority: 0,
      },
      ...columns.map(columnDefinition),
    ];
    this.#cells = [
      object => object.metadata.name,
      ...columns.map(column => cellReader(column, now)),
    ];
  }

  print(
    objects: StoredObject[],
    metadata: Table['metadata'],
    withColumns = true,
  ): Table {
    return {
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      columnDefinitions: withColumns ? this.columnDefinitions : null,
      rows: objects.map(({ object }) => ({
        cells: this.#cells.map(read => read(object)),
        object: this.#objectOf(object),
      })),
    };
  }

  #objectOf(object: KubernetesObject): object | null {
    if (this.#includeObject === 'None') return null;
    if (this.#includeObject === 'Object') return object;
    return {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: object.metadata,
    };
  }
}

function columnDefinition(column: PrinterColumn): ColumnDefinition {
  return {
    name: column.name,
    type: column.type,
    format: '',
    description: `Custom resource definition column (in JSONPath format): ${column.jsonPath}`,
    priority: column.priority ?? 0,
  };
}

function cellReader(
  column: PrinterColumn,
  now: () => number,
): (object: KubernetesObject) => unknown {
  const read = compileJsonPath(column.jsonPath);
  return object => {
    const value = read(object);
    if (value === undefined || value === null) return null;
    if (column.type === 'date') {
      return humanDuration(now() - Date.parse(String(value)));
    }
    return column.type === 'string' ? String(value) : value;
  };
}
