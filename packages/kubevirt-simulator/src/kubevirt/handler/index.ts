export { GuestTransfers } from './GuestTransfers';
export { SourceHandler } from './SourceHandler';
export { TargetHandler } from './TargetHandler';
