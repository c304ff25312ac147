import type { KubeConfig } from '@kubernetes/client-node';

/**
 * An API server with virtualmachines.kubevirt.io/v1, and what a test can do to it. All
 * virtual machines are in the namespace `default`; a label `value` tells their states apart.
 */
export interface WatchServer {
  /** With the credentials that are good now. */
  connect(): Promise<KubeConfig>;
  create(name: string, value: string): Promise<void>;
  modify(name: string, value: string): Promise<void>;
  remove(...names: string[]): Promise<void>;
  /** No virtual machines, and everything as at the start. */
  reset(): Promise<void>;
  /** Positions from before are answered with 410. */
  forgetHistory(): Promise<void>;
  /** Other credentials are good from now on; open watches end. */
  renewCredentials(): Promise<void>;
  /** The credentials no longer allow to list and watch; open watches may go on. */
  deny(): Promise<void>;
  grant(): Promise<void>;
  /** The resource is not served, and its objects are gone. */
  uninstall(): Promise<void>;
  install(): Promise<void>;
  /** The server ends without a word. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  /** Connections stay open and nothing is answered. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  close(): Promise<void>;
}
