/** The sites of the demo: three around Stockholm a few kilometres apart, one far north. */

export interface DemoCluster {
  name: string;
  title: string;
  nodes: readonly string[];
}

export interface DemoSite {
  id: string;
  title: string;
  location: string;
  /** Degrees, positive to the north and to the east. */
  coordinates: { latitude: number; longitude: number };
  clusters: readonly DemoCluster[];
}

export const DEMO_SITES: readonly DemoSite[] = [
  {
    id: 'kista',
    title: 'Kista',
    location: 'Stockholm, Sweden',
    coordinates: { latitude: 59.4034, longitude: 17.9448 },
    clusters: [
      cluster('kista-1', 'Kista 1', 6),
      cluster('kista-2', 'Kista 2', 5),
    ],
  },
  {
    id: 'solna',
    title: 'Solna',
    location: 'Stockholm, Sweden',
    coordinates: { latitude: 59.3689, longitude: 18.0084 },
    clusters: [cluster('solna-1', 'Solna 1', 5)],
  },
  {
    id: 'sodermalm',
    title: 'Södermalm',
    location: 'Stockholm, Sweden',
    coordinates: { latitude: 59.3129, longitude: 18.0732 },
    clusters: [cluster('sodermalm-1', 'Södermalm 1', 4)],
  },
  {
    id: 'lulea',
    title: 'Luleå',
    location: 'Luleå, Sweden',
    coordinates: { latitude: 65.6188, longitude: 22.1461 },
    clusters: [cluster('lulea-1', 'Luleå 1', 6)],
  },
];

function cluster(name: string, title: string, nodes: number): DemoCluster {
  return {
    name,
    title,
    nodes: Array.from(
      { length: nodes },
      (_, index) => `${name}-worker-${String(index + 1).padStart(2, '0')}`,
    ),
  };
}
