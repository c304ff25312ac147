export interface Config {
  vmMigrations?: {
    /**
     * The clusters to watch. Left out: those of `kubernetes.clusterLocatorMethods` of type
     * `config` that have a service account.
     */
    clusters?: Array<{
      /** Unique, and part of every record: do not change it later. */
      name: string;
      title?: string;

      /** Address of the API server. Needs credentials: one of the three keys below. */
      url?: string;
      /** @visibility secret */
      serviceAccountToken?: string;
      /** File with a bearer token; read again when it is renewed. */
      tokenFile?: string;
      clientCertificate?: {
        /** Base64 of PEM. */
        certData?: string;
        certFile?: string;
        /**
         * Base64 of PEM.
         * @visibility secret
         */
        keyData?: string;
        keyFile?: string;
      };
      /** Certificate authority of the API server, base64 of PEM. */
      caData?: string;
      caFile?: string;
      /** Accept any certificate of the API server. For trying out only. */
      skipTLSVerify?: boolean;

      /** Path of a kubeconfig, instead of a url. */
      kubeconfig?: string;
      /** Context in the kubeconfig; left out: its current context. */
      context?: string;

      /** The cluster that this backend runs in, with the service account of its pod. */
      inCluster?: boolean;
    }>;

    /** The sites at which the clusters stand. */
    datacenters?: Array<{
      id: string;
      /** What people see; left out: the id. */
      title?: string;
      /** Where it is, in words. */
      location?: string;
      /** Degrees, positive to the north and to the east. */
      coordinates?: {
        /**
         * @minimum -90
         * @maximum 90
         */
        latitude: number;
        /**
         * @minimum -180
         * @maximum 180
         */
        longitude: number;
      };
      /** Names of clusters. A cluster stands in one site or in none. */
      clusters?: string[];
    }>;
  };
}
