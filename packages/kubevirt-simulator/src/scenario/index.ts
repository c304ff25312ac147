export { DEMO_APPLICATIONS, DEMO_SYSTEMS, DEMO_TEAMS } from './applications';
export type {
  DemoApplication,
  DemoSystem,
  DemoTeam,
  MachineGroup,
  MachineSize,
} from './applications';
export { demoMachines } from './demoMachines';
export type { DemoMachine } from './demoMachines';
export { DEMO_SEED, DemoScenario } from './DemoScenario';
export type { DemoScenarioOptions } from './DemoScenario';
export { DEMO_SITES } from './sites';
export type { DemoCluster, DemoSite } from './sites';
export { catalogFiles } from './catalogEntities';
export { LoadScenario } from './LoadScenario';
export type { LoadScenarioOptions, LoadStatistics } from './LoadScenario';
export { EveryEndingScenario } from './EveryEndingScenario';
export type { EveryEndingOptions } from './EveryEndingScenario';
