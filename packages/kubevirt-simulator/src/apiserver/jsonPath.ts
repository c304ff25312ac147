/**
 * The part of JSONPath that printer columns use: fields (`.status.phase`), places in a
 * list (`[0]`) and a choice by equality (`[?(@.type=='Ready')]`).
 */

type Step = (value: unknown) => unknown;

const FIELD = /^\.([A-Za-z0-9_-]+)/;
const INDEX = /^\[(\d+)\]/;
const CHOICE = /^\[\?\(@\.([A-Za-z0-9_-]+)\s*==\s*(?:'([^']*)'|"([^"]*)")\)\]/;

/**
 * @returns a function that reads what the path leads to, undefined when it leads nowhere
 * @throws Error when the path uses more than is known here
 */
export function compileJsonPath(path: string): (value: unknown) => unknown {
  const steps: Step[] = [];
  let rest = path;
  while (rest !== '') {
    const field = FIELD.exec(rest);
    const index = INDEX.exec(rest);
    const choice = CHOICE.exec(rest);
    const match = field ?? index ?? choice;
    if (!match) throw new Error(`Cannot read JSON path ${path} at ${rest}`);
    if (field) steps.push(readField(field[1]));
    if (index) steps.push(readIndex(Number(index[1])));
    if (choice) steps.push(choose(choice[1], choice[2] ?? choice[3]));
    rest = rest.slice(match[0].length);
  }
  return value => steps.reduce((reached, step) => step(reached), value);
}

function readField(name: string): Step {
  return value =>
    typeof value === 'object' && value !== null
      ? Reflect.get(value, name)
      : undefined;
}

function readIndex(index: number): Step {
  return value => (Array.isArray(value) ? value[index] : undefined);
}

function choose(field: string, wanted: string): Step {
  const read = readField(field);
  return value =>
    Array.isArray(value)
      ? value.find(element => read(element) === wanted)
      : undefined;
}
