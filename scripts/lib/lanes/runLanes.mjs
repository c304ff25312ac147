import { formatDuration } from '../steps.mjs';
import { LaneLog } from './LaneLog.mjs';
import { failed, skipped, sum, withoutSkips } from './verdicts.mjs';

function print(name, verdict, durationMs) {
  const counts = [
    [verdict.passed, 'passed'],
    [verdict.failed, 'failed'],
    [verdict.skipped, 'skipped'],
  ].filter(([count]) => count > 0);
  const mark = verdict.failed > 0 ? '✖' : verdict.passed > 0 ? '✔' : '–';
  console.log(
    `${mark} ${name.padEnd(13)} ${formatDuration(durationMs).padStart(
      10,
    )}   ${counts.map(([count, word]) => `${count} ${word}`).join(', ')}`,
  );
}

async function runLane(lane, context) {
  const lacking = (lane.after ?? []).filter(
    name => !context.passedLanes.has(name),
  );
  if (lacking.length > 0) {
    return skipped(
      `${lacking.join(' and ')} did not pass, without which it cannot run.`,
    );
  }
  try {
    return await lane.run(context);
  } catch (error) {
    context.log.append(`${error?.stack ?? error}\n`);
    return failed();
  }
}

/**
 * Runs lanes one after the other and prints each verdict with its time; what
 * a failed lane printed follows at once.
 *
 * A lane has a `name`, `run(context)`, and may name lanes in `needs` (they are
 * run with it when it alone is asked for) and `after` (it is skipped when one
 * of those did not pass).
 *
 * @param strict whether a skipped lane or test counts as failed
 * @returns the total
 */
export async function runLanes(lanes, { strict }) {
  const shared = { environment: {}, cleanUp: [], passedLanes: new Set() };
  const verdicts = [];
  try {
    for (const lane of lanes) {
      const context = { ...shared, log: new LaneLog(lane.name) };
      console.error(`▸ ${lane.name} …`);
      const started = performance.now();
      const answer = await runLane(lane, context);
      const verdict = strict ? withoutSkips(answer) : answer;
      verdicts.push(verdict);
      print(lane.name, verdict, performance.now() - started);
      if (answer.reason) {
        console.log(`  not run: ${answer.reason}`);
      }
      if (answer.passed > 0 && answer.failed === 0) {
        shared.passedLanes.add(lane.name);
      }
      if (verdict.failed > 0) {
        console.log(
          `${context.log.tail()}\n  the whole output: ${context.log.file}\n`,
        );
      }
    }
  } finally {
    for (const clean of shared.cleanUp.reverse()) {
      await clean();
    }
  }
  return sum(verdicts);
}
