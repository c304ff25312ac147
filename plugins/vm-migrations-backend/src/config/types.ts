import type { DatacenterSource } from 'backstage-plugin-vm-migrations-node';

/** How the portal proves who it is. */
export type ClusterCredentials =
  | { type: 'token'; token: string }
  /** Read again from time to time, so that whatever renews the file is enough. */
  | { type: 'token-file'; tokenFile: string }
  | {
      type: 'client-certificate';
      /** Base64 of PEM; exactly one of data and file is set. */
      certData?: string;
      certFile?: string;
      keyData?: string;
      keyFile?: string;
    }
  /** Something in between, such as `kubectl proxy`, adds the credentials. */
  | { type: 'none' };

/** How a cluster is reached. */
export type ClusterAccess =
  | {
      type: 'url';
      url: string;
      credentials: ClusterCredentials;
      /** Base64 of PEM. */
      caData?: string;
      caFile?: string;
      skipTLSVerify: boolean;
    }
  | { type: 'kubeconfig'; kubeconfig: string; context?: string }
  | { type: 'in-cluster' };

/** A cluster as the configuration describes it. */
export interface ClusterSettings {
  name: string;
  title?: string;
  access: ClusterAccess;
  /** Where it stands in the configuration, for messages: `vmMigrations.clusters[0]`. */
  key: string;
}

/** What the plugin reads of app-config. */
export interface Settings {
  clusters: ClusterSettings[];
  /** Not yet checked against the clusters: see `validateSites`. */
  datacenters: DatacenterSource[];
}
