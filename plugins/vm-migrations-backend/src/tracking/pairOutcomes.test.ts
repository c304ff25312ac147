import {
  ABORT_MESSAGE,
  ABORTED,
  recordOf,
  startPair,
  type HistoryMigration,
} from '../__testUtils__/history';

const BROKEN_PIPE = { failureReason: 'Broken pipe' };
const POD_DOWN = { failureReason: 'Target pod is down' };

function deleteWhileRunning(half: HistoryMigration) {
  half.requestDeletion();
  half.acknowledgeAbort();
}

describe('a pair that fails', () => {
  it('has the reason of the source when that failed first', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.source.failOnInstance(BROKEN_PIPE);
    pair.source.end('Failed');
    history.wait(1);
    pair.target.failOnInstance(POD_DOWN);
    pair.target.end('Failed');

    expect(recordOf(history, pair.source)).toMatchObject({
      phase: 'Failed',
      outcome: 'failed',
      failure: { leg: pair.source.uid, message: 'Broken pipe' },
      disagreement: undefined,
    });
  });

  it('has the reason of the source also when both failed in the same second', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.target.failOnInstance(POD_DOWN);
    pair.target.end('Failed');
    pair.source.failOnInstance(BROKEN_PIPE);
    pair.source.end('Failed');

    expect(recordOf(history, pair.source).failure).toEqual({
      leg: pair.source.uid,
      message: 'Broken pipe',
    });
  });

  it.each([0, 1])(
    'has the reason of the target when that failed first, by %i s',
    wait => {
      const { history, pair } = startPair();
      pair.run();
      pair.target.failOnInstance(POD_DOWN);
      pair.target.end('Failed');
      history.wait(wait);
      pair.source.failOnInstance({});
      pair.source.end('Failed');

      expect(recordOf(history, pair.source)).toMatchObject({
        outcome: 'failed',
        failure: { leg: pair.target.uid, message: 'Target pod is down' },
      });
    },
  );

  it.each([-300, 300])(
    'finds the first failure when the clock of the target is %i s ahead',
    targetAhead => {
      const { history, pair } = startPair({ targetAhead });
      pair.run();
      history.wait(30);
      pair.source.failOnInstance(BROKEN_PIPE);
      pair.source.end('Failed');
      history.wait(1);
      pair.target.failOnInstance(POD_DOWN);
      pair.target.end('Failed');

      const record = recordOf(history, pair.source);
      expect(record.failure?.message).toBe('Broken pipe');
      expect(record.durationMs).toBeGreaterThanOrEqual(0);
    },
  );

  it('has timed out when the source gave up and the target only lost its pod', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.source.failOnInstance(ABORTED);
    pair.source.end('Failed');
    history.wait(1);
    pair.target.failOnInstance(POD_DOWN);
    pair.target.end('Failed');

    expect(recordOf(history, pair.target)).toMatchObject({
      outcome: 'timed-out',
      failure: { message: ABORT_MESSAGE },
    });
  });
});

describe('a pair that is cancelled', () => {
  it.each([0, -300, 300])(
    'by deleting the source: the target looks timed out (its clock %i s ahead)',
    targetAhead => {
      const { history, source, pair } = startPair({ targetAhead });
      pair.run();
      history.wait(5);
      deleteWhileRunning(pair.source);
      source.instance.updateState({ abortRequested: true });
      history.wait(1);
      pair.source.failOnInstance(ABORTED);
      pair.source.end('Failed');
      pair.target.failOnInstance(ABORTED);
      pair.target.end('Failed');

      expect(recordOf(history, pair.target)).toMatchObject({
        phase: 'Failed',
        outcome: 'cancelled',
        failure: { message: ABORT_MESSAGE },
        disagreement: undefined,
      });
    },
  );

  it('by deleting the target: the source looks timed out', () => {
    const { history, target, pair } = startPair();
    pair.run();
    deleteWhileRunning(pair.target);
    target.instance.updateState({ abortRequested: true });
    history.wait(1);
    pair.source.failOnInstance(ABORTED);
    pair.source.end('Failed');
    pair.target.failOnInstance(ABORTED);
    pair.target.end('Failed');

    expect(recordOf(history, pair.target).outcome).toBe('cancelled');
  });

  it('by deleting the target, which only shows that its pod went down', () => {
    const { history, pair } = startPair();
    pair.run();
    deleteWhileRunning(pair.target);
    history.wait(1);
    pair.source.failOnInstance(ABORTED);
    pair.source.end('Failed');
    pair.target.failOnInstance(POD_DOWN);
    pair.target.end('Failed');

    expect(recordOf(history, pair.target).outcome).toBe('cancelled');
  });

  it('by deleting the source, where the target only shows that its pod went down', () => {
    const { history, source, pair } = startPair();
    pair.run();
    deleteWhileRunning(pair.source);
    source.instance.updateState({ abortRequested: true });
    history.wait(2);
    pair.source.failOnInstance(ABORTED);
    pair.source.end('Failed');
    pair.target.failOnInstance(POD_DOWN);
    pair.target.end('Failed');

    expect(recordOf(history, pair.target)).toMatchObject({
      outcome: 'cancelled',
      failure: { message: ABORT_MESSAGE },
    });
  });

  it('while both wait for each other', () => {
    const { history, pair } = startPair();
    history.wait(3600);
    pair.target.cancelBeforeHandOver();
    pair.source.cancelBeforeHandOver();

    expect(recordOf(history, pair.source)).toMatchObject({
      kind: 'cross-cluster',
      phase: 'Failed',
      outcome: 'cancelled',
      source: { cluster: 'alpha', node: 'worker-1' },
      target: { cluster: 'beta', node: undefined },
      durationMs: 3_600_000,
    });
  });

  it('before the hand-over, where the source hangs in Scheduling for ever', () => {
    const { history, pair } = startPair();
    pair.schedule();
    pair.source.requestDeletion();
    pair.source.acknowledgeAbort();
    pair.target.cancelBeforeHandOver();

    expect(recordOf(history, pair.source)).toMatchObject({
      phase: 'Failed',
      outcome: 'cancelled',
      legs: [{ outcome: 'active' }, { outcome: 'cancelled' }],
    });
  });
});

describe('a half that is deleted because the other one failed', () => {
  it.each([0, 2])(
    'does not turn it into a cancel: source, %i s later',
    later => {
      const { history, source, pair } = startPair();
      pair.run();
      pair.target.failOnInstance(POD_DOWN);
      pair.target.end('Failed');
      history.wait(later);
      pair.target.requestDeletion();
      pair.target.vanish();
      deleteWhileRunning(pair.source);
      source.instance.updateState({ abortRequested: true });
      pair.source.failOnInstance(ABORTED);
      pair.source.end('Failed');

      expect(recordOf(history, pair.source)).toMatchObject({
        outcome: 'failed',
        failure: { leg: pair.target.uid, message: 'Target pod is down' },
      });
    },
  );

  it('does not turn it into a cancel: target', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.source.failOnInstance(BROKEN_PIPE);
    pair.source.end('Failed');
    history.wait(2);
    deleteWhileRunning(pair.target);
    pair.target.failOnInstance(POD_DOWN);
    pair.target.end('Failed');

    expect(recordOf(history, pair.source)).toMatchObject({
      outcome: 'failed',
      failure: { leg: pair.source.uid, message: 'Broken pipe' },
    });
  });
});

describe('halves that disagree', () => {
  it('have the outcome of the target, and say so', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.target.completeOnInstance();
    pair.target.end('Succeeded');
    pair.source.failOnInstance(BROKEN_PIPE);
    pair.source.end('Failed');

    expect(recordOf(history, pair.source)).toMatchObject({
      phase: 'Succeeded',
      outcome: 'succeeded',
      failure: undefined,
      disagreement: { source: 'failed', target: 'succeeded' },
    });
  });

  it('have failed although the source says Succeeded', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.source.enter('Succeeded');
    pair.target.failOnInstance(POD_DOWN);
    pair.target.end('Failed');

    expect(recordOf(history, pair.source)).toMatchObject({
      phase: 'Failed',
      outcome: 'failed',
      failure: { leg: pair.target.uid },
      disagreement: { source: 'succeeded', target: 'failed' },
    });
  });

  it('have succeeded although the source never ends', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.complete();
    pair.target.end('Succeeded');

    expect(recordOf(history, pair.source)).toMatchObject({
      phase: 'Succeeded',
      outcome: 'succeeded',
      legs: [{ outcome: 'active' }, { outcome: 'succeeded' }],
      disagreement: undefined,
    });
  });

  it('do not when Forklift deletes both at success and the source was still Running', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.complete();
    pair.target.end('Succeeded');
    history.wait(2);
    pair.target.requestDeletion();
    pair.target.vanish();
    deleteWhileRunning(pair.source);
    pair.source.vanish();

    expect(recordOf(history, pair.source)).toMatchObject({
      phase: 'Succeeded',
      outcome: 'succeeded',
      disagreement: undefined,
      legs: [{ deleted: true }, { deleted: true, outcome: 'succeeded' }],
    });
  });

  it('do not when the source is aborted only after the target has succeeded', () => {
    const { history, source, pair } = startPair();
    pair.run();
    pair.target.completeOnInstance();
    pair.target.end('Succeeded');
    history.wait(2);
    deleteWhileRunning(pair.source);
    source.instance.updateState({ abortRequested: true });
    pair.source.failOnInstance(ABORTED);
    pair.source.end('Failed');

    expect(recordOf(history, pair.source)).toMatchObject({
      outcome: 'succeeded',
      disagreement: undefined,
    });
  });
});
