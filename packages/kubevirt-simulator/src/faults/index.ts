export { ControlServer } from './ControlServer';
export type { ControlServerOptions } from './ControlServer';
export { FaultController } from './FaultController';
export type {
  ActiveFault,
  FaultEffects,
  FaultSubject,
} from './FaultController';
export { faultSchema } from './Fault';
export type { Fault, FaultMatch } from './Fault';
