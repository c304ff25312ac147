import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import {
  MIGRATIONS,
  observe,
  versionOf,
  type Observation,
  type WatchedResource,
} from '../kubevirt';
import type {
  Clock,
  WatchedObject,
  WatchEventType,
  WatchSink,
} from '../watch/types';
import type { Submission } from './GroupCommitWriter';
import { KnownObjects } from './KnownObjects';

export interface RecordingSinkOptions {
  cluster: string;
  resource: WatchedResource;
  clock: Clock;
  logger: LoggerService;
  /** Until when everything of this resource was known before this process. */
  knownUntil?: string;
  submit(submission: Submission): Promise<void>;
  onHealth(health: ResourceHealth): void;
}

/**
 * Takes what one watch brings, turns objects to observations and submits what is news,
 * together with the position reached. An object that cannot be read is reported and passed
 * over: it must not hold up the others.
 */
export class RecordingSink implements WatchSink {
  readonly #options: RecordingSinkOptions;
  readonly #known = new KnownObjects();
  #present = new Set<string>();
  #knownUntil: string | undefined;

  constructor(options: RecordingSinkOptions) {
    this.#options = options;
    this.#knownUntil = options.knownUntil;
  }

  async listing(): Promise<void> {
    this.#present = new Set();
  }

  async page(objects: WatchedObject[]): Promise<void> {
    for (const object of objects) {
      const observation = this.#observe('ADDED', object);
      if (observation) {
        this.#present.add(keyOf(observation));
        await this.#submitNews(observation);
      } else {
        // Unreadable, but there: it must not be taken for gone.
        this.#present.add(rawKeyOf(object, this.#options.resource));
      }
    }
  }

  async listed(resourceVersion: string): Promise<void> {
    const { cluster, resource, submit } = this.#options;
    const observedAt = this.#now();
    const present = this.#present;
    this.#present = new Set();
    this.#known.retain(present);
    await submit({
      completion: {
        cluster,
        resource: resource.plural,
        present,
        version: versionOf(resourceVersion, observedAt),
        knownUntil: this.#knownUntil,
        observedAt,
      },
      position: this.#position(resourceVersion, observedAt),
    });
    this.#knownUntil = observedAt;
  }

  async event(type: WatchEventType, object: WatchedObject): Promise<void> {
    const observation = this.#observe(type, object);
    this.#knownUntil = this.#now();
    if (observation) {
      await this.#submitNews(observation, object.metadata.resourceVersion);
    }
  }

  async bookmark(resourceVersion: string): Promise<void> {
    const observedAt = this.#now();
    this.#knownUntil = observedAt;
    await this.#options.submit({
      position: this.#position(resourceVersion, observedAt),
    });
  }

  health(health: ResourceHealth): void {
    this.#options.onHealth(health);
  }

  async #submitNews(
    observation: Observation,
    resourceVersion?: string,
  ): Promise<void> {
    if (this.#known.isNews(keyOf(observation), observation)) {
      await this.#options.submit({
        observation,
        position:
          resourceVersion === undefined
            ? undefined
            : this.#position(resourceVersion, observation.observedAt),
      });
    }
  }

  #observe(
    type: WatchEventType,
    object: WatchedObject,
  ): Observation | undefined {
    const { cluster, resource, logger } = this.#options;
    try {
      return observe(object, {
        cluster,
        resource,
        type,
        observedAt: this.#now(),
      });
    } catch (error) {
      logger.warn(stringifyError(error));
      return undefined;
    }
  }

  #position(resourceVersion: string, observedAt: string) {
    const { cluster, resource } = this.#options;
    return { cluster, resource: resource.plural, resourceVersion, observedAt };
  }

  #now(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}

/** Migrations are told apart by uid, because their names come again; VMs by their name. */
function keyOf(observation: Observation): string {
  return observation.kind === 'migration'
    ? observation.uid
    : `${observation.namespace}/${observation.name}`;
}

function rawKeyOf(object: WatchedObject, resource: WatchedResource): string {
  const { uid, namespace, name } = object.metadata;
  return resource.plural === MIGRATIONS.plural ? uid : `${namespace}/${name}`;
}
