/** What runs in the demo, and whom it belongs to. */
import type { GuestName } from '../kubevirt';

export interface DemoTeam {
  name: string;
  title: string;
}

export const DEMO_TEAMS: readonly DemoTeam[] = [
  { name: 'team-payments', title: 'Payments' },
  { name: 'team-logistics', title: 'Logistics' },
  { name: 'team-customer', title: 'Customer' },
  { name: 'team-data', title: 'Data' },
  { name: 'team-workplace', title: 'Workplace' },
  { name: 'team-platform', title: 'Platform' },
];

export interface DemoSystem {
  name: string;
  title: string;
  owner: string;
}

export const DEMO_SYSTEMS: readonly DemoSystem[] = [
  { name: 'payments', title: 'Payments', owner: 'team-payments' },
  { name: 'logistics', title: 'Logistics', owner: 'team-logistics' },
  { name: 'customer', title: 'Customer', owner: 'team-customer' },
  { name: 'analytics', title: 'Analytics', owner: 'team-data' },
  { name: 'workplace', title: 'Workplace', owner: 'team-workplace' },
  { name: 'platform', title: 'Platform', owner: 'team-platform' },
];

/** Machines that are alike: `crm-web-01`, `crm-web-02`, … */
export interface MachineGroup {
  name: string;
  count: number;
  size: MachineSize;
  guest: GuestName;
}

export type MachineSize = 'small' | 'medium' | 'large' | 'huge';

export interface DemoApplication {
  name: string;
  title: string;
  description: string;
  system: string;
  namespace: string;
  cluster: string;
  /** A second cluster that its machines move to and back from. */
  partner?: string;
  groups: readonly MachineGroup[];
}

export const DEMO_APPLICATIONS: readonly DemoApplication[] = [
  {
    name: 'card-gateway',
    title: 'Card gateway',
    description: 'Takes card payments from shops and terminals',
    system: 'payments',
    namespace: 'payments',
    cluster: 'kista-1',
    partner: 'solna-1',
    groups: [
      { name: 'card-gw', count: 4, size: 'medium', guest: 'rhel9' },
      { name: 'card-db', count: 2, size: 'large', guest: 'rhel9' },
    ],
  },
  {
    name: 'ledger',
    title: 'Ledger',
    description: 'Books every payment once',
    system: 'payments',
    namespace: 'payments',
    cluster: 'kista-1',
    groups: [
      { name: 'ledger-app', count: 3, size: 'medium', guest: 'rhel9' },
      { name: 'ledger-db', count: 2, size: 'huge', guest: 'rhel9' },
    ],
  },
  {
    name: 'fraud-detection',
    title: 'Fraud detection',
    description: 'Scores payments while they are made',
    system: 'payments',
    namespace: 'fraud',
    cluster: 'kista-2',
    partner: 'lulea-1',
    groups: [
      { name: 'fraud-score', count: 4, size: 'large', guest: 'ubuntu2404' },
    ],
  },
  {
    name: 'invoicing',
    title: 'Invoicing',
    description: 'Writes and sends invoices',
    system: 'payments',
    namespace: 'payments',
    cluster: 'solna-1',
    groups: [
      { name: 'invoice-app', count: 2, size: 'medium', guest: 'windows2k22' },
      { name: 'invoice-db', count: 1, size: 'large', guest: 'windows2k22' },
    ],
  },
  {
    name: 'warehouse',
    title: 'Warehouse management',
    description: 'Where every parcel lies',
    system: 'logistics',
    namespace: 'logistics',
    cluster: 'sodermalm-1',
    partner: 'kista-1',
    groups: [
      { name: 'wms-app', count: 4, size: 'medium', guest: 'windows2k22' },
      { name: 'wms-db', count: 2, size: 'large', guest: 'windows2k22' },
    ],
  },
  {
    name: 'route-planner',
    title: 'Route planner',
    description: 'Plans tomorrow’s deliveries tonight',
    system: 'logistics',
    namespace: 'logistics',
    cluster: 'lulea-1',
    groups: [
      { name: 'route-solver', count: 6, size: 'large', guest: 'ubuntu2404' },
    ],
  },
  {
    name: 'fleet-tracking',
    title: 'Fleet tracking',
    description: 'Positions of all vehicles',
    system: 'logistics',
    namespace: 'fleet',
    cluster: 'solna-1',
    partner: 'sodermalm-1',
    groups: [
      { name: 'fleet-ingest', count: 3, size: 'medium', guest: 'debian12' },
      { name: 'fleet-db', count: 1, size: 'large', guest: 'debian12' },
    ],
  },
  {
    name: 'customs',
    title: 'Customs declarations',
    description: 'Talks to the customs authority',
    system: 'logistics',
    namespace: 'logistics',
    cluster: 'kista-2',
    groups: [
      { name: 'customs', count: 2, size: 'small', guest: 'windows2k22' },
    ],
  },
  {
    name: 'parcel-lockers',
    title: 'Parcel lockers',
    description: 'Opens the right door',
    system: 'logistics',
    namespace: 'lockers',
    cluster: 'sodermalm-1',
    groups: [{ name: 'locker', count: 4, size: 'small', guest: 'debian12' }],
  },
  {
    name: 'returns',
    title: 'Returns',
    description: 'What comes back, and why',
    system: 'logistics',
    namespace: 'returns',
    cluster: 'solna-1',
    groups: [
      { name: 'returns', count: 3, size: 'medium', guest: 'ubuntu2404' },
    ],
  },
  {
    name: 'price-engine',
    title: 'Price engine',
    description: 'What everything costs today',
    system: 'customer',
    namespace: 'pricing',
    cluster: 'kista-2',
    partner: 'kista-1',
    groups: [{ name: 'price', count: 4, size: 'large', guest: 'rhel9' }],
  },
  {
    name: 'crm',
    title: 'CRM',
    description: 'Customers and what they were told',
    system: 'customer',
    namespace: 'crm',
    cluster: 'kista-2',
    partner: 'solna-1',
    groups: [
      { name: 'crm-web', count: 3, size: 'medium', guest: 'rhel9' },
      { name: 'crm-app', count: 3, size: 'large', guest: 'rhel9' },
      { name: 'crm-db', count: 2, size: 'huge', guest: 'rhel9' },
    ],
  },
  {
    name: 'webshop',
    title: 'Web shop',
    description: 'The shop that customers see',
    system: 'customer',
    namespace: 'webshop',
    cluster: 'kista-1',
    groups: [
      { name: 'shop-web', count: 5, size: 'medium', guest: 'ubuntu2404' },
      { name: 'shop-cache', count: 2, size: 'large', guest: 'debian12' },
    ],
  },
  {
    name: 'contact-centre',
    title: 'Contact centre',
    description: 'Calls, chats and letters',
    system: 'customer',
    namespace: 'contact',
    cluster: 'sodermalm-1',
    groups: [
      { name: 'call-routing', count: 3, size: 'medium', guest: 'debian12' },
    ],
  },
  {
    name: 'loyalty',
    title: 'Loyalty programme',
    description: 'Points and rewards',
    system: 'customer',
    namespace: 'loyalty',
    cluster: 'solna-1',
    groups: [
      { name: 'loyalty', count: 3, size: 'medium', guest: 'ubuntu2404' },
    ],
  },
  {
    name: 'data-lake',
    title: 'Data lake',
    description: 'Raw data of all systems',
    system: 'analytics',
    namespace: 'analytics',
    cluster: 'lulea-1',
    groups: [
      { name: 'lake-node', count: 8, size: 'huge', guest: 'ubuntu2404' },
    ],
  },
  {
    name: 'reporting',
    title: 'Reporting',
    description: 'Monday morning’s figures',
    system: 'analytics',
    namespace: 'analytics',
    cluster: 'lulea-1',
    partner: 'kista-2',
    groups: [
      { name: 'report', count: 4, size: 'medium', guest: 'windows2k22' },
    ],
  },
  {
    name: 'model-training',
    title: 'Model training',
    description: 'Trains forecasts overnight',
    system: 'analytics',
    namespace: 'training',
    cluster: 'lulea-1',
    groups: [{ name: 'trainer', count: 4, size: 'huge', guest: 'ubuntu2404' }],
  },
  {
    name: 'file-services',
    title: 'File services',
    description: 'Shares and home folders',
    system: 'workplace',
    namespace: 'workplace',
    cluster: 'sodermalm-1',
    groups: [{ name: 'files', count: 3, size: 'large', guest: 'windows2k22' }],
  },
  {
    name: 'mail',
    title: 'Mail',
    description: 'Mail and calendars',
    system: 'workplace',
    namespace: 'workplace',
    cluster: 'kista-2',
    partner: 'sodermalm-1',
    groups: [{ name: 'mail', count: 4, size: 'large', guest: 'windows2k22' }],
  },
  {
    name: 'intranet',
    title: 'Intranet',
    description: 'News, forms and the menu of the day',
    system: 'workplace',
    namespace: 'workplace',
    cluster: 'solna-1',
    groups: [{ name: 'intranet', count: 2, size: 'small', guest: 'debian12' }],
  },
  {
    name: 'virtual-desktops',
    title: 'Virtual desktops',
    description: 'Desktops for contractors',
    system: 'workplace',
    namespace: 'desktops',
    cluster: 'kista-1',
    groups: [
      { name: 'desktop', count: 8, size: 'small', guest: 'windows2k22' },
    ],
  },
  {
    name: 'directory',
    title: 'Directory',
    description: 'Accounts and groups',
    system: 'platform',
    namespace: 'identity',
    cluster: 'kista-2',
    groups: [
      { name: 'directory', count: 3, size: 'small', guest: 'windows2k22' },
    ],
  },
  {
    name: 'build-farm',
    title: 'Build farm',
    description: 'Runners for continuous integration',
    system: 'platform',
    namespace: 'build',
    cluster: 'kista-1',
    groups: [{ name: 'runner', count: 6, size: 'large', guest: 'ubuntu2404' }],
  },
  {
    name: 'monitoring',
    title: 'Monitoring',
    description: 'Metrics, logs and alarms',
    system: 'platform',
    namespace: 'monitoring',
    cluster: 'solna-1',
    groups: [
      { name: 'metrics', count: 3, size: 'large', guest: 'debian12' },
      { name: 'logs', count: 3, size: 'large', guest: 'debian12' },
    ],
  },
  {
    name: 'backup',
    title: 'Backup',
    description: 'Copies of everything, far away',
    system: 'platform',
    namespace: 'backup',
    cluster: 'lulea-1',
    groups: [{ name: 'backup', count: 2, size: 'medium', guest: 'rhel9' }],
  },
  {
    name: 'jump-host',
    title: 'Jump host',
    description: 'The way in for administrators',
    system: 'platform',
    namespace: 'identity',
    cluster: 'solna-1',
    groups: [{ name: 'jump-host', count: 1, size: 'small', guest: 'debian12' }],
  },
  {
    name: 'license-server',
    title: 'License server',
    description: 'Hands out floating licenses',
    system: 'workplace',
    namespace: 'workplace',
    cluster: 'sodermalm-1',
    groups: [
      { name: 'license-server', count: 1, size: 'small', guest: 'windows2k22' },
    ],
  },
];
