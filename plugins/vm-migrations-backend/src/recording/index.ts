export { GroupCommitWriter } from './GroupCommitWriter';
export { recordCluster } from './recordCluster';
