export { Kubelet } from './Kubelet';
export { isPodDown, LauncherPods } from './LauncherPods';
export type { LauncherPod, PodChange } from './LauncherPods';
export { NodePool } from './NodePool';
