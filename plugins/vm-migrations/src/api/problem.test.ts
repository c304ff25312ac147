import { ResponseError } from '@backstage/errors';
import { UnexpectedAnswerError } from 'backstage-plugin-vm-migrations-common';
import { problemOf } from './problem';

async function answered(status: number) {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({ error: { name: 'Error', message: 'said so' } }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

describe('problemOf', () => {
  it('tells a refusal by permission from other answers', async () => {
    expect(problemOf(await answered(403))).toMatchObject({ type: 'forbidden' });
    expect(problemOf(await answered(502))).toMatchObject({
      type: 'answer',
      status: 502,
    });
    expect(problemOf(await answered(401))).toMatchObject({
      type: 'answer',
      status: 401,
    });
  });

  it('tells an answer that is not understood from none at all', () => {
    expect(problemOf(new UnexpectedAnswerError('not JSON'))).toEqual({
      type: 'unexpected',
      message: 'not JSON',
    });
    expect(problemOf(new TypeError('Failed to fetch'))).toEqual({
      type: 'unreachable',
      message: 'Failed to fetch',
    });
    expect(problemOf('odd')).toEqual({ type: 'unreachable', message: 'odd' });
  });
});
