import { z } from 'zod';

const listSchema = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string() }) })),
  metadata: z.object({
    continue: z.string(),
    resourceVersion: z.string(),
    remainingItemCount: z.number().optional(),
  }),
});

/** A list as tests look at it: the names of its objects and its metadata. */
export function readListAnswer(body: unknown) {
  const { items, metadata } = listSchema.parse(body);
  return { names: items.map(item => item.metadata.name), metadata };
}
