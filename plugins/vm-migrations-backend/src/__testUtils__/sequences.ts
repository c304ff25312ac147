import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSequence, type SequenceEvent } from 'kubevirt-simulator';
import { z } from 'zod';

const FOLDER = join(__dirname, '..', '__fixtures__', 'sequences');

const sideSchema = z.tuple([z.string().nullable(), z.string().nullable()]);

const expectedSchema = z.record(
  z.string(),
  z.array(
    z.object({
      uid: z.string().optional(),
      uids: z.array(z.string()).optional(),
      vm: z.string(),
      namespace: z.string(),
      phase: z.string(),
      outcome: z.string(),
      kind: z.string(),
      source: sideSchema,
      target: sideSchema,
      phases: z.array(z.string()).optional(),
      failure: z.string().optional(),
      legs: z.number().optional(),
    }),
  ),
);

/** One record that a sequence must give; `null` means that the field is not judged. */
export type ExpectedRecord = z.infer<typeof expectedSchema>[string][number];

/** What each sequence of the fixtures must give, by its file name. */
export const EXPECTED = expectedSchema.parse(
  JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')),
);

/** Reads the watch events of one sequence of the fixtures. */
export function loadSequence(name: string): SequenceEvent[] {
  return readSequence(readFileSync(join(FOLDER, name), 'utf8'), name);
}
