import type { VirtualMachine } from '../objects';

/** What a guest agent reports of its operating system. */
export interface GuestOperatingSystem {
  id: string;
  name: string;
  version: string;
  prettyName: string;
  kernelRelease: string;
}

const GUESTS = {
  debian12: {
    id: 'debian',
    name: 'Debian GNU/Linux',
    version: '12 (bookworm)',
    prettyName: 'Debian GNU/Linux 12 (bookworm)',
    kernelRelease: '6.1.0-37-amd64',
  },
  rhel9: {
    id: 'rhel',
    name: 'Red Hat Enterprise Linux',
    version: '9.6 (Plow)',
    prettyName: 'Red Hat Enterprise Linux 9.6 (Plow)',
    kernelRelease: '5.14.0-570.12.1.el9_6.x86_64',
  },
  ubuntu2404: {
    id: 'ubuntu',
    name: 'Ubuntu',
    version: '24.04.2 LTS (Noble Numbat)',
    prettyName: 'Ubuntu 24.04.2 LTS',
    kernelRelease: '6.8.0-60-generic',
  },
  windows2k22: {
    id: 'mswindows',
    name: 'Microsoft Windows',
    version: 'Microsoft Windows Server 2022',
    prettyName: 'Windows Server 2022 Standard',
    kernelRelease: '20348',
  },
} as const satisfies Record<string, GuestOperatingSystem>;

/** Operating systems by the names that machine templates use. */
export type GuestName = keyof typeof GUESTS;

/** Where machine templates say which operating system they are for. */
export const GUEST_ANNOTATION = 'vm.kubevirt.io/os';

/** The guest of a machine, as its template names it. */
export function guestOf(
  machine: VirtualMachine,
): GuestOperatingSystem | undefined {
  const name = machine.spec.template.metadata?.annotations?.[GUEST_ANNOTATION];
  return Object.entries(GUESTS).find(([guest]) => guest === name)?.[1];
}
