import { parseArgs } from 'node:util';
import { UserError } from '../UserError.mjs';

/**
 * The lanes that `--only types,lint` asks for, with those that they need, in
 * the order of the list; all of them without the option.
 */
export function chooseLanes(lanes, args) {
  let only;
  try {
    only = parseArgs({ args, options: { only: { type: 'string' } } }).values
      .only;
  } catch (error) {
    throw new UserError(
      `${error.message}. npm test knows --only ${lanes
        .map(lane => lane.name)
        .join(',')}; for Jest's own arguments use yarn test.`,
    );
  }
  if (only === undefined) {
    return lanes;
  }
  const wanted = new Set();
  const add = name => {
    const lane = lanes.find(candidate => candidate.name === name);
    if (!lane) {
      throw new UserError(
        `There is no lane "${name}". There are: ${lanes
          .map(candidate => candidate.name)
          .join(', ')}.`,
      );
    }
    wanted.add(lane);
    (lane.needs ?? []).forEach(add);
  };
  only.split(',').forEach(add);
  return lanes.filter(lane => wanted.has(lane));
}
