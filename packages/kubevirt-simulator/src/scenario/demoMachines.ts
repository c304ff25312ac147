import type { VirtualMachineSpec } from '../kubevirt';
import {
  DEMO_APPLICATIONS,
  DEMO_SYSTEMS,
  type DemoApplication,
  type MachineSize,
} from './applications';

export interface DemoMachine {
  application: DemoApplication;
  cluster: string;
  spec: VirtualMachineSpec;
}

const SIZES: Readonly<
  Record<MachineSize, Pick<VirtualMachineSpec, 'cpu' | 'memory' | 'disk'>>
> = {
  small: { cpu: cores(2), memory: '4Gi', disk: '40Gi' },
  medium: { cpu: cores(4), memory: '16Gi', disk: '80Gi' },
  large: { cpu: cores(8), memory: '32Gi', disk: '250Gi' },
  huge: { cpu: cores(16), memory: '128Gi', disk: '1Ti' },
};

/** The machines of the demo where they stand at its beginning. */
export function demoMachines(): DemoMachine[] {
  return DEMO_APPLICATIONS.flatMap(application =>
    machineNames(application).map(({ name, size, guest }) => ({
      application,
      cluster: application.cluster,
      spec: {
        namespace: application.namespace,
        name,
        labels: {
          'app.kubernetes.io/part-of': application.name,
          'example.com/team': ownerOf(application),
        },
        guest,
        ...SIZES[size],
      },
    })),
  );
}

/** A group of one is not numbered. */
export function machineNames(application: DemoApplication) {
  return application.groups.flatMap(({ name, count, size, guest }) =>
    Array.from({ length: count }, (_, index) => ({
      name:
        count === 1 ? name : `${name}-${String(index + 1).padStart(2, '0')}`,
      size,
      guest,
    })),
  );
}

/** @throws Error when the application names a system that there is not */
export function ownerOf({ name, system }: DemoApplication): string {
  const found = DEMO_SYSTEMS.find(each => each.name === system);
  if (!found) throw new Error(`Application ${name} is of no system ${system}`);
  return found.owner;
}

function cores(count: number) {
  return { sockets: 1, cores: count, threads: 1 };
}
