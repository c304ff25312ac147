export interface Config {
  vmMigrations?: {
    demo?: {
      /** Put simulated clusters behind the portal. Left out: false. */
      enabled?: boolean;
      /** A whole number; the same seed gives the same machines. Left out: 1. */
      seed?: number;
    };
  };
}
