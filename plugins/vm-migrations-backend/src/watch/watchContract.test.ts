import { SimulatedServer } from './__testUtils__/SimulatedServer';
import { watchContract } from './__testUtils__/watchContract';

describe('watch contract with the simulator', () => {
  watchContract({ afterAll, afterEach, beforeAll, expect, it }, () =>
    SimulatedServer.start(),
  );
});
