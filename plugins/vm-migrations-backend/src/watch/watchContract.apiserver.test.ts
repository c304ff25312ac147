import { describeWithKubeApiserver } from '../../dev/kubeApiserver/describeWithKubeApiserver';
import { RealServer } from './__testUtils__/RealServer';
import { watchContract } from './__testUtils__/watchContract';

describeWithKubeApiserver()('watch contract with kube-apiserver', () => {
  watchContract({ afterAll, afterEach, beforeAll, expect, it }, () =>
    RealServer.start(),
  );
});
